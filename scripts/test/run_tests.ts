import { fromRoot } from "../compile/paths.ts";
import { parseSummary, type Summary } from "./summary.ts";

/**
 * A test that wants another host fails here, not on the one machine without
 * internet. The name that is reserved for this (RFC 2606, section 2) is asked of
 * proxies alone.
 */
const HOSTS = [
  "127.0.0.1",
  "127.0.0.2",
  "localhost",
  "0.0.0.0",
  "[::1]",
  "service.invalid",
];

const FLAGS: readonly string[] = [
  "--frozen",
  "--shuffle",
  "--parallel",
  "--no-prompt",
  // Browsers, the compiled program and age run as processes of their own, which
  // no list of ours would bind; what the tests themselves may reach is the net.
  "--allow-read",
  "--allow-write",
  "--allow-env",
  "--allow-run",
  "--allow-sys",
  `--allow-net=${HOSTS.join(",")}`,
];

/** Tests wait for servers and other programs about a third of their time. */
const WORKERS = Math.ceil(1.5 * navigator.hardwareConcurrency);

/** Enough for Deno's last lines, however much the tests print. */
const TAIL_CHARACTERS = 4096;

export interface TestRun {
  readonly code: number;
  readonly summary: Summary | null;
}

/** Runs the tests of `files` (default: all), prints what they print, and counts. */
export async function runTests(args: readonly string[]): Promise<TestRun> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["test", ...FLAGS, ...withFiles(args)],
    cwd: fromRoot("./"),
    env: { DENO_JOBS: Deno.env.get("DENO_JOBS") ?? String(WORKERS) },
    stdin: "null",
    stdout: "piped",
  }).spawn();
  let tail = "";
  const decoder = new TextDecoder();
  for await (const bytes of child.stdout) {
    await writeAll(bytes);
    tail = (tail + decoder.decode(bytes, { stream: true }))
      .slice(-TAIL_CHARACTERS);
  }
  const { code } = await child.status;
  return { code, summary: parseSummary(tail) };
}

/** Arguments that name no file are options to the run over all of them. */
export function withFiles(args: readonly string[]): readonly string[] {
  const namesFile = args.some((arg) =>
    /(^|[\\/])tests([\\/]|$)|\.ts$/.test(arg)
  );
  return namesFile ? args : [...args, "tests/"];
}

async function writeAll(bytes: Uint8Array): Promise<void> {
  for (let sent = 0; sent < bytes.length;) {
    sent += await Deno.stdout.write(bytes.subarray(sent));
  }
}
