/**
 * How many run documents per second `standcloud upload` sends, beside `curl --parallel` with the
 * same files, the same sandbox and as many connections:
 * `sh scripts/deno run -A scripts/bench/upload.ts [--pairs N] [--documents N] [--bytes N]
 * [--concurrency N] [--http 1.1|2] [--rtt MILLISECONDS] [--json]`.
 */
import { parseArgs } from "node:util";
import { compiledBinary } from "../compile/compiled_binary.ts";
import { fail, say } from "../compile/say.ts";
import { requireCurl, runCurl, writeCurlConfig } from "./curl.ts";
import { inPairs } from "./measure.ts";
import { writeRunDocuments } from "./run_documents.ts";
import { type SandboxProcess, startSandboxProcess } from "./sandbox_process.ts";
import { startService } from "./service.ts";
import { type Pair, spread } from "./statistics.ts";
import { runUpload } from "./upload_run.ts";

interface Setting {
  readonly pairs: number;
  readonly documents: number;
  readonly bytes: number;
  readonly concurrency: number;
  /** Of curl; the program chooses its own. */
  readonly httpVersion: "1.1" | "2";
  /** Time added to every round trip, in milliseconds. */
  readonly rtt: number;
}

interface Figures {
  /** Seconds of the whole process: curl as the baseline, ours as the subject. */
  readonly runs: readonly Pair[];
  /** Seconds of the upload alone. */
  readonly uploads: readonly number[];
}

function readSetting(): Setting & { readonly json: boolean } {
  const { values } = parseArgs({
    options: {
      pairs: { type: "string", default: "7" },
      documents: { type: "string", default: "2000" },
      bytes: { type: "string", default: "60000" },
      concurrency: { type: "string", default: "8" },
      http: { type: "string", default: "1.1" },
      rtt: { type: "string", default: "0" },
      json: { type: "boolean", default: false },
    },
  });
  const number = (name: "pairs" | "documents" | "bytes" | "concurrency") => {
    const value = Number(values[name]);
    if (Number.isInteger(value) && value > 0) return value;
    throw new Error(`--${name} wants a whole number of 1 or more`);
  };
  if (values.http !== "1.1" && values.http !== "2") {
    throw new Error("--http wants 1.1 or 2");
  }
  if (!(Number(values.rtt) >= 0)) throw new Error("--rtt wants milliseconds");
  return {
    pairs: number("pairs"),
    documents: number("documents"),
    bytes: number("bytes"),
    concurrency: number("concurrency"),
    httpVersion: values.http,
    rtt: Number(values.rtt),
    json: values.json,
  };
}

async function measure(setting: Setting): Promise<Figures> {
  await requireCurl();
  await using resources = new AsyncDisposableStack();
  const binary = await compiledBinary({ log: say });
  const folder = await Deno.makeTempDir({ prefix: "standcloud-upload-" });
  resources.defer(() => Deno.remove(folder, { recursive: true }));
  const runs = `${folder}/runs`;
  await Deno.mkdir(runs);
  const { bytes } = setting;
  const form = "sent";
  const files = await writeRunDocuments(runs, setting.documents, {
    bytes,
    form,
  });
  const sandbox = resources.use(await startSandboxProcess());
  const address = setting.rtt === 0
    ? sandbox.address
    : await delayed(sandbox, setting.rtt, resources);
  const destination = { ...setting, ...sandbox, address };
  const config = `${folder}/curl.conf`;
  await writeCurlConfig(config, files, destination);
  const uploads: number[] = [];
  const pairs = await inPairs(setting.pairs, {
    baseline: () =>
      complete(
        sandbox,
        files.length,
        () => runCurl(config, setting.concurrency),
      ),
    subject: () =>
      complete(sandbox, files.length, async () => {
        const options = { ...destination, binary, folder: runs };
        const { seconds, uploadSeconds } = await runUpload(options);
        uploads.push(uploadSeconds);
        return seconds;
      }),
  });
  return { runs: pairs, uploads: uploads.slice(-pairs.length) };
}

async function delayed(
  { port }: SandboxProcess,
  rtt: number,
  resources: AsyncDisposableStack,
): Promise<string> {
  const proxy = await startService("scripts/bench/delaying_proxy.ts", [
    ...["--target", String(port), "--delay", String(rtt / 2)],
  ]);
  resources.use(proxy);
  return `127.0.0.1:${proxy.announcement["port"]}`;
}

/** Times the work, and throws unless every document arrived exactly once. */
async function complete(
  sandbox: SandboxProcess,
  count: number,
  work: () => Promise<number>,
): Promise<number> {
  await sandbox.reset();
  const seconds = await work();
  const stored = await sandbox.reportCount();
  if (stored === count) return seconds;
  throw new Error(`${stored} of ${count} documents arrived`);
}

function lines(setting: Setting, { runs, uploads }: Figures): string[] {
  const { documents, bytes, concurrency, httpVersion, rtt } = setting;
  const rate = (seconds: number) => documents / seconds;
  const row = (name: string, rates: readonly number[]) => {
    const { min, median, max } = spread(rates);
    const [low, middle, high] = [min, median, max].map((it) => it.toFixed(0));
    return `${name.padEnd(36)} ${low} / ${middle} / ${high}`;
  };
  const ratios = runs.map(({ baseline, subject }) => baseline / subject);
  return [
    `${documents} documents of ${bytes} bytes, ${concurrency} at a time, ` +
    `${rtt} ms of round trip added, ${runs.length} pairs`,
    "documents per second                 min / median / max",
    row(`curl, HTTP/${httpVersion}`, runs.map((pair) => rate(pair.baseline))),
    row("standcloud upload", runs.map((pair) => rate(pair.subject))),
    row("  without start and end", uploads.map(rate)),
    `upload to curl, median of the pairs  × ${
      spread(ratios).median.toFixed(2)
    }`,
  ];
}

async function main(): Promise<void> {
  const { json, ...setting } = readSetting();
  const figures = await measure(setting);
  if (json) return say(JSON.stringify({ setting, ...figures }));
  lines(setting, figures).forEach(say);
}

await main().catch(fail);
