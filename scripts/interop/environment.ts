import { fromRoot } from "../compile/paths.ts";
import { say } from "../compile/say.ts";

const FOLDER = ".toolchain/interop";

/** The Python of an environment that has this HardPy; installs it from PyPI at the first run. */
export async function pythonWith(hardpy: string): Promise<string> {
  return await pythonThatHas("hardpy", hardpy);
}

/** The same for any package of PyPI. */
export async function pythonThatHas(
  name: string,
  version: string,
): Promise<string> {
  const home = fromRoot(`${FOLDER}/${name}-${version}`);
  const python = Deno.build.os === "windows"
    ? `${home}/Scripts/python.exe`
    : `${home}/bin/python`;
  if (await has(python, { name, version })) return python;
  say(`Installing ${name} ${version} into ${FOLDER}/`);
  await Deno.remove(home, { recursive: true }).catch(() => {});
  await run("python3", ["-m", "venv", home]);
  const quiet = ["--quiet", "--disable-pip-version-check"];
  await run(python, ["-m", "pip", "install", ...quiet, `${name}==${version}`]);
  return python;
}

async function has(
  python: string,
  { name, version }: { name: string; version: string },
): Promise<boolean> {
  const code =
    `from importlib.metadata import version; print(version("${name}"))`;
  try {
    return (await run(python, ["-c", code])).trim() === version;
  } catch {
    return false;
  }
}

/** @returns what the program wrote to stdout. It must exit with one of the codes: default 0. */
export async function run(
  path: string,
  args: readonly string[],
  { input, env = {}, accepts = [0] }: {
    input?: string;
    env?: Record<string, string>;
    accepts?: readonly number[];
  } = {},
): Promise<string> {
  const child = new Deno.Command(path, {
    args: [...args],
    env,
    stdin: input === undefined ? "null" : "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const written = input === undefined
    ? undefined
    : new Blob([input]).stream().pipeTo(child.stdin).catch(() => {});
  const { code, stdout, stderr } = await child.output();
  await written;
  if (!accepts.includes(code)) {
    throw new Error(`${path} failed:\n${new TextDecoder().decode(stderr)}`);
  }
  return new TextDecoder().decode(stdout);
}
