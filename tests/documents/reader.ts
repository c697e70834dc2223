import { compiledBinary } from "../../scripts/compile/compiled_binary.ts";
import { signIn } from "../../scripts/sandbox/sign_in.ts";
import { startSandbox } from "../../scripts/sandbox/sandbox.ts";
import type { Sandbox } from "../../scripts/sandbox/types.ts";
import { release, type Released, runIn } from "../scripts/release/released.ts";
import { type Couch, report, startCouch } from "../support/couch.ts";
import { logIn } from "../support/login.ts";
import { runFile } from "../support/runs.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";

/** The address in the documents. */
export const ADDRESS = "demo.standcloud.io";

/** A person who types the commands of one page, in order, beside a sandbox. */
export interface Reader extends AsyncDisposable {
  /** Runs a script in bash. Returns all that it printed, and the exit codes other than 0. */
  type(script: string): Promise<{ codes: number[]; text: string }>;
}

/** Prepares what the page needs: its folder holds runs of HardPy, and a release if the page installs one. */
export async function sitDown(page: string): Promise<Reader> {
  await using resources = new AsyncDisposableStack();
  const place = resources.use(await TemporaryFolder.make());
  for (const name of ["bin", "home", "stick", "work/reports"]) {
    await Deno.mkdir(place.join(name), { recursive: true, mode: 0o700 });
  }
  const installs = page.includes("sudo install");
  if (page.includes("sha256sum")) await layRelease(place.join("work"));
  if (!installs || page.includes("## One screen")) {
    await Deno.symlink(await compiledBinary(), place.join("bin/standcloud"));
  }
  await place.write("bin/sudo", '#!/bin/sh\nexec "$@"\n');
  await Deno.chmod(place.join("bin/sudo"), 0o755);
  await layRuns(place.join("work"), page);
  const sandbox = resources.use(
    await startSandbox({ deviceAudience: "granted", deviceIntervalSeconds: 1 }),
  );
  const couch = /^standcloud upload --database/m.test(page)
    ? resources.use(await couchOf(place.join("work")))
    : undefined;
  if (!installs && !/^standcloud sc-login demo/m.test(page)) {
    await logIn(sandbox, place.join("home"));
  }
  const owned = resources.move();
  return {
    type: (script) => typeIn(script, { place, sandbox, couch }),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

interface SignedRelease {
  readonly released: Released;
  /** As a person writes it for `ssh-keygen`. */
  readonly allowedSigners: string;
}

let signed: Promise<SignedRelease> | undefined;

/** It is built once for all pages. */
Deno.test.afterAll(async () => {
  await (await signed)?.released[Symbol.asyncDispose]();
});

async function layRelease(folder: string): Promise<void> {
  signed ??= signedRelease();
  const { released, allowedSigners } = await signed;
  await runIn(folder, ["cp", "-rl", `${released.folder}/.`, "."]);
  await Deno.writeTextFile(`${folder}/allowed_signers`, allowedSigners);
}

async function signedRelease(): Promise<SignedRelease> {
  await using keys = await TemporaryFolder.make();
  const make = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", "key"];
  await runIn(keys.path, make);
  const released = await release(keys.join("key"));
  const key = await Deno.readTextFile(keys.join("key.pub"));
  return { released, allowedSigners: `standcloud ${key}` };
}

/** A page about runs that are held back has such a run. */
async function layRuns(folder: string, page: string): Promise<void> {
  const runs: Record<string, string> = {
    "reports/SH-0020417.json": "../samples/17_jsonloader_report_0.22.1",
    ...page.includes("CSB-000118") &&
      { "reports/CSB-000118.json": "no_part_number.jsonloader" },
    ...page.includes("no_part_number.jsonloader.json") &&
      { "no_part_number.jsonloader.json": "no_part_number.jsonloader" },
  };
  for (const [name, run] of Object.entries(runs)) {
    await Deno.copyFile(runFile(run), `${folder}/${name}`);
  }
}

async function couchOf(folder: string): Promise<Couch> {
  const couch = await startCouch();
  await couch.put("/report/report_1_CSB-000120", report("CSB-000120"));
  const { username, password, port } = new URL(couch.url);
  const toml = { user: username, password, host: "127.0.0.1" };
  const lines = Object.entries(toml).map(([key, value]) =>
    `${key} = "${value}"`
  );
  await Deno.writeTextFile(
    `${folder}/hardpy.toml`,
    ["[database]", ...lines, `port = ${port}\n`].join("\n"),
  );
  return couch;
}

/** Longer than any block takes. */
const PATIENCE_MILLISECONDS = 60_000;
/** So long `--watch` runs before Ctrl-C. */
const WATCH_SECONDS = 2;
const CODES = "exit codes:";

interface Desk {
  readonly place: TemporaryFolder;
  readonly sandbox: Sandbox;
  readonly couch: Couch | undefined;
}

/** What stands in the documents, with the places of this desk. */
function placed(script: string, { place, sandbox, couch }: Desk): string {
  return script.replaceAll(ADDRESS, sandbox.address)
    .replaceAll("/usr/local/bin", place.join("bin"))
    .replaceAll("/media/stick", place.join("stick"))
    .replaceAll("C:/tests/", "")
    .replaceAll("http://USER:PASSWORD@localhost:5984", couch?.url ?? "")
    .replace(
      /^standcloud upload --watch [^#\n]*/gm,
      `timeout --signal=INT ${WATCH_SECONDS} $& || test $? -eq 124 `,
    );
}

async function typeIn(
  script: string,
  desk: Desk,
): Promise<{ codes: number[]; text: string }> {
  const { place, sandbox } = desk;
  const traced = [
    "exec 2>&1; codes=()",
    "trap 'codes+=($?)' ERR",
    placed(script, desk),
    `trap - ERR; echo "${CODES}\${codes[*]}"`,
  ].join("\n");
  const child = new Deno.Command("bash", {
    args: ["-c", traced],
    cwd: place.join("work"),
    clearEnv: true,
    env: {
      HOME: place.join("home"),
      PATH: `${place.join("bin")}:${Deno.env.get("PATH")}`,
      STANDCLOUD_CA_FILE: sandbox.caFile,
      STANDCLOUD_HOME: place.join("home"),
    },
    stdin: "null",
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const timer = setTimeout(() => child.kill("SIGKILL"), PATIENCE_MILLISECONDS);
  let text = "";
  let page: Promise<unknown> | undefined;
  for await (const part of child.stdout.pipeThrough(new TextDecoderStream())) {
    text += part;
    const url = signInPage(text);
    if (url === undefined) continue;
    page ??= signIn(url, { caPem: sandbox.caPem, decision: "accept" });
  }
  clearTimeout(timer);
  await page;
  await child.status;
  const [printed = "", codes = "1"] = text.split(CODES);
  return {
    codes: codes.split(/\s+/).filter(Boolean).map(Number),
    text: printed.replaceAll(sandbox.address, ADDRESS),
  };
}

/** The page of a login that waits: that of a browser, or that of a phone with its code. */
function signInPage(text: string): string | undefined {
  const [page] = /https:\S+request_uri=\S+(?=\n)/.exec(text) ?? [];
  if (page !== undefined) return page;
  const [, device, code] =
    /^ {2}(https:\S+)\n[\s\S]*?^ {2}([B-Z]{8})$/m.exec(text) ?? [];
  return code === undefined ? undefined : `${device}?user_code=${code}`;
}
