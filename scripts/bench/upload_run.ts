import { watchProcess } from "./process_watch.ts";

export interface Destination {
  /** `127.0.0.1:PORT` */
  readonly address: string;
  readonly caFile: string;
  readonly apiKey: string;
}

export interface UploadRunOptions extends Destination {
  /** The compiled program. */
  readonly binary: string;
  readonly folder: string;
  /** `auto`: the program's own choice. */
  readonly concurrency: number | "auto";
  /** The program is killed after this; default one hour. */
  readonly limitSeconds?: number;
}

/** How one run of `standcloud upload` went. */
export interface UploadRun {
  /** Time of the whole process. */
  readonly seconds: number;
  /** Time of the upload alone, as its summary says. */
  readonly uploadSeconds: number;
  readonly uploaded: number;
  /** The largest resident set; NaN where the kernel does not tell. */
  readonly peakBytes: number;
  /** Processor time of the program, system calls included; NaN where the kernel does not tell. */
  readonly cpuSeconds: number;
}

/** Uploads the folder as a stand that has sent nothing yet. Throws unless it ends with 0. */
export async function runUpload(options: UploadRunOptions): Promise<UploadRun> {
  const home = await Deno.makeTempDir({ prefix: "standcloud-bench-home-" });
  try {
    const begin = performance.now();
    const child = start(home, options);
    using watch = watchProcess(child.pid);
    using _limit = killAfter(child, options.limitSeconds ?? 3600);
    const summary = JSON.parse(await lastLine(child.stdout) || "{}");
    const { code } = await child.status;
    const seconds = (performance.now() - begin) / 1000;
    if (code !== 0) throw new Error(`standcloud upload exited with ${code}`);
    const { seconds: uploadSeconds, uploaded } = summary;
    const { peakBytes, cpuSeconds } = watch;
    return { seconds, uploadSeconds, uploaded, peakBytes, cpuSeconds };
  } finally {
    await Deno.remove(home, { recursive: true });
  }
}

function start(
  home: string,
  { binary, folder, concurrency, address, caFile, apiKey }: UploadRunOptions,
): Deno.ChildProcess {
  // Also a version before `auto` can be measured.
  const chosen = concurrency === "auto"
    ? []
    : ["--concurrency", String(concurrency)];
  return new Deno.Command(binary, {
    args: ["upload", "--json", ...chosen, folder],
    clearEnv: true,
    env: {
      HOME: home,
      "STANDCLOUD_HOME": home,
      "STANDCLOUD_ADDRESS": address,
      "STANDCLOUD_CA_FILE": caFile,
      "STANDCLOUD_API_KEY": apiKey,
    },
    stdin: "null",
    stdout: "piped",
    stderr: "null",
  }).spawn();
}

function killAfter(child: Deno.ChildProcess, seconds: number): Disposable {
  const timer = setTimeout(() => child.kill("SIGKILL"), seconds * 1000);
  return { [Symbol.dispose]: () => clearTimeout(timer) };
}

/** Enough for the summary, however many reports there are. */
const TAIL_CHARACTERS = 4096;

async function lastLine(stdout: ReadableStream<Uint8Array>): Promise<string> {
  let tail = "";
  for await (const part of stdout.pipeThrough(new TextDecoderStream())) {
    tail = (tail + part).slice(-TAIL_CHARACTERS);
  }
  return tail.trimEnd().split("\n").at(-1) ?? "";
}

/** @param text `auto`, or a number. */
export function readConcurrency(text: string): number | "auto" {
  if (text === "auto") return text;
  const count = Number(text);
  if (Number.isInteger(count) && count > 0) return count;
  throw new Error("--concurrency wants auto, or a whole number of 1 or more");
}
