import { join } from "node:path";
import { fromRoot } from "../../compile/paths.ts";
import type { Sandbox } from "../../sandbox/types.ts";
import type { Place } from "./place.ts";

/** What one command did in a place. */
export interface Trial {
  readonly command: string;
  readonly code: number;
  readonly seconds: number;
  /** "" when all is as it should be. */
  readonly complaint: string;
}

const DOCUMENT =
  "tests/testdata/runs/hardpy-0.22.1/sensor_board_passed.jsonloader.json";

/** What a stand does with the program, as far as no person has to press anything. */
const COMMANDS: readonly (readonly string[])[] = [
  ["--version", "--json"],
  ["validate", "run.json"],
  ["show", "run.json"],
  ["status"],
  ["sc-login", "--api-key-file", "api-key.txt"],
  ["sc-login", "--check"],
  ["upload", "--concurrency", "1", "run.json"],
  ["history"],
  ["sc-logout"],
];

/** The files that the commands name. */
const FILES: readonly string[] = ["run.json", "api-key.txt"];

export async function tryCommands(
  place: Place,
  { sandbox, apiKey }: { sandbox: Sandbox; apiKey: string },
): Promise<Trial[]> {
  await Deno.copyFile(fromRoot(DOCUMENT), join(place.folder, "run.json"));
  await Deno.writeTextFile(join(place.folder, "ca.pem"), sandbox.caPem);
  const keyFile = join(place.folder, "api-key.txt");
  await Deno.writeTextFile(keyFile, apiKey, { mode: 0o600 });
  await Deno.mkdir(join(place.folder, "home"), { mode: 0o700 });
  const before = sandbox.reports.length;
  const env = {
    PATH: Deno.env.get("PATH") ?? "",
    ...place.env,
    STANDCLOUD_HOME: place.inside("home"),
    STANDCLOUD_ADDRESS: sandbox.address,
    STANDCLOUD_CA_FILE: place.inside("ca.pem"),
  };
  const trials: Trial[] = [];
  for (const args of COMMANDS) {
    const words = args.map((word) =>
      FILES.includes(word) ? place.inside(word) : word
    );
    trials.push(await tryCommand(words, { place, env }));
    // What does not even start need not be asked more.
    if (trials.length === 1 && trials[0]?.complaint !== "") return trials;
  }
  const arrived = sandbox.reports.length - before;
  if (arrived === 1) return trials;
  const complaint = `${arrived} reports have arrived`;
  return [...trials, { command: "upload", code: 0, seconds: 0, complaint }];
}

async function tryCommand(
  words: readonly string[],
  { place, env }: { place: Place; env: Readonly<Record<string, string>> },
): Promise<Trial> {
  const [program = "", ...before] = place.start;
  const begin = performance.now();
  const { code, stdout, stderr } = await new Deno.Command(program, {
    args: [...before, ...words],
    // Not what this machine is set to.
    clearEnv: true,
    env,
    stdin: "null",
    signal: AbortSignal.timeout(120_000),
  }).output();
  const text = new TextDecoder().decode(code === 0 ? stdout : stderr).trim();
  const isTold = words[0] !== "--version" || text.startsWith("{");
  return {
    command: `standcloud ${words.join(" ")}`,
    code,
    seconds: (performance.now() - begin) / 1000,
    complaint: code === 0 && isTold ? "" : text.split("\n").slice(-2).join(" "),
  };
}
