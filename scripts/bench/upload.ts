/**
 * How many run documents per second `standcloud upload` sends, and how much of the processor each
 * takes, beside another way to send the same files to the same sandbox:
 * `sh scripts/deno run -A scripts/bench/upload.ts [--baseline curl|N|PATH] [--pairs N]
 * [--documents N] [--bytes N] [--concurrency N|auto] [--connections N] [--http 1.1|2]
 * [--rtt MILLISECONDS] [--json]`. The baseline is `curl --parallel` with so many connections, or
 * this program with another concurrency, or another program file (an earlier version).
 */
import { parseArgs } from "node:util";
import { compiledBinary } from "../compile/compiled_binary.ts";
import { fail, say } from "../compile/say.ts";
import { requireCurl, runCurl, writeCurlConfig } from "./curl.ts";
import { inPairs, type Measure } from "./measure.ts";
import { writeRunDocuments } from "./run_documents.ts";
import { type SandboxProcess, startSandboxProcess } from "./sandbox_process.ts";
import { startService } from "./service.ts";
import { spread } from "./statistics.ts";
import { readConcurrency, runUpload, type UploadRun } from "./upload_run.ts";

interface Setting {
  /** `curl`, a concurrency, or the path of another program. */
  readonly baseline: string;
  readonly pairs: number;
  readonly documents: number;
  readonly bytes: number;
  readonly concurrency: number | "auto";
  /** How many connections curl opens. */
  readonly connections: number;
  /** The version that curl speaks; the program chooses its own. */
  readonly httpVersion: "1.1" | "2";
  /** Time added to every round trip, in milliseconds. */
  readonly rtt: number;
}

/** The figures of one run; curl has only `seconds`. */
type Run = Pick<UploadRun, "seconds"> & Partial<UploadRun>;

interface Figures {
  readonly baseline: readonly Run[];
  readonly subject: readonly Run[];
}

function readSetting(): Setting & { readonly json: boolean } {
  const { values } = parseArgs({
    options: {
      baseline: { type: "string", default: "curl" },
      pairs: { type: "string", default: "7" },
      documents: { type: "string", default: "2000" },
      bytes: { type: "string", default: "60000" },
      concurrency: { type: "string", default: "auto" },
      connections: { type: "string", default: "8" },
      http: { type: "string", default: "1.1" },
      rtt: { type: "string", default: "0" },
      json: { type: "boolean", default: false },
    },
  });
  const number = (name: "pairs" | "documents" | "bytes" | "connections") => {
    const value = Number(values[name]);
    if (Number.isInteger(value) && value > 0) return value;
    throw new Error(`--${name} wants a whole number of 1 or more`);
  };
  if (values.http !== "1.1" && values.http !== "2") {
    throw new Error("--http wants 1.1 or 2");
  }
  if (!(Number(values.rtt) >= 0)) throw new Error("--rtt wants milliseconds");
  return {
    baseline: values.baseline,
    pairs: number("pairs"),
    documents: number("documents"),
    bytes: number("bytes"),
    concurrency: readConcurrency(values.concurrency),
    connections: number("connections"),
    httpVersion: values.http,
    rtt: Number(values.rtt),
    json: values.json,
  };
}

async function measure(setting: Setting): Promise<Figures> {
  await using resources = new AsyncDisposableStack();
  const binary = await compiledBinary({ log: say });
  const folder = await Deno.makeTempDir({ prefix: "standcloud-upload-" });
  resources.defer(() => Deno.remove(folder, { recursive: true }));
  const runs = `${folder}/runs`;
  await Deno.mkdir(runs);
  const { bytes, baseline, concurrency } = setting;
  const form = "sent";
  const files = await writeRunDocuments(runs, setting.documents, {
    bytes,
    form,
  });
  const sandbox = resources.use(await startSandboxProcess());
  const address = setting.rtt === 0
    ? sandbox.address
    : await delayed(sandbox, setting.rtt, resources);
  const destination = { ...setting, ...sandbox, address, folder: runs };
  const upload = (options: Pick<Setting, "concurrency">, program = binary) =>
    complete(
      sandbox,
      files.length,
      () => runUpload({ ...destination, ...options, binary: program }),
    );
  const config = `${folder}/curl.conf`;
  if (baseline === "curl") {
    await requireCurl();
    await writeCurlConfig(config, files, destination);
  }
  return await runsInPairs(setting.pairs, {
    baseline: () =>
      baseline === "curl"
        ? complete(sandbox, files.length, async () => ({
          seconds: await runCurl(config, setting.connections),
        }))
        : baseline.includes("/")
        ? upload({ concurrency }, baseline)
        : upload({ concurrency: readConcurrency(baseline) }),
    subject: () => upload({ concurrency }),
  });
}

/** The last runs of each: those before warm up. */
async function runsInPairs(
  count: number,
  sides: { baseline: () => Promise<Run>; subject: () => Promise<Run> },
): Promise<Figures> {
  const figures = { baseline: [] as Run[], subject: [] as Run[] };
  const timed = (side: keyof Figures): Measure => async () => {
    const run = await sides[side]();
    figures[side].push(run);
    return run.seconds;
  };
  await inPairs(count, {
    baseline: timed("baseline"),
    subject: timed("subject"),
  });
  return {
    baseline: figures.baseline.slice(-count),
    subject: figures.subject.slice(-count),
  };
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

/** Throws unless every document arrived exactly once. */
async function complete(
  sandbox: SandboxProcess,
  count: number,
  work: () => Promise<Run>,
): Promise<Run> {
  await sandbox.reset();
  const run = await work();
  const stored = await sandbox.reportCount();
  if (stored === count) return run;
  throw new Error(`${stored} of ${count} documents arrived`);
}

function lines(setting: Setting, figures: Figures): string[] {
  const { documents, bytes, concurrency, connections, httpVersion, rtt } =
    setting;
  const names = {
    baseline: setting.baseline === "curl"
      ? `curl, HTTP/${httpVersion}, ${connections} connections`
      : setting.baseline.includes("/")
      ? `${setting.baseline}, ${concurrency}`
      : `standcloud upload, ${setting.baseline}`,
    subject: `standcloud upload, ${concurrency}`,
  };
  const rates = (side: keyof Figures) =>
    row(names[side], figures[side].map(({ seconds }) => documents / seconds));
  const cpu = (side: keyof Figures) => {
    const times = figures[side].map(({ cpuSeconds = NaN }) => cpuSeconds);
    return row(names[side], times.map((time) => time * 1e6 / documents));
  };
  const hasCpu = setting.baseline !== "curl";
  return [
    `${documents} documents of ${bytes} bytes, ` +
    `${rtt} ms of round trip added, ${setting.pairs} pairs`,
    "documents per second                           min / median / max",
    rates("baseline"),
    rates("subject"),
    ratio(
      "  subject to baseline",
      figures,
      ({ baseline, subject }) => baseline.seconds / subject.seconds,
    ),
    "microseconds of the processor per document     min / median / max",
    ...(hasCpu ? [cpu("baseline")] : []),
    cpu("subject"),
    ...(hasCpu
      ? [
        ratio("  subject to baseline", figures, ({ baseline, subject }) =>
          (subject.cpuSeconds ?? NaN) / (baseline.cpuSeconds ?? NaN)),
      ]
      : []),
  ];
}

function row(name: string, values: readonly number[]): string {
  const { min, median, max } = spread(values);
  const [low, middle, high] = [min, median, max].map((it) => it.toFixed(0));
  return `${name.padEnd(46)} ${low} / ${middle} / ${high}`;
}

/** Median of the pairs: what slows the machine down meets both sides alike. */
function ratio(
  name: string,
  { baseline, subject }: Figures,
  of: (pair: { baseline: Run; subject: Run }) => number,
): string {
  const ratios = subject.map((run, index) =>
    of({ baseline: baseline[index] ?? run, subject: run })
  );
  return `${name.padEnd(46)} × ${spread(ratios).median.toFixed(2)}`;
}

async function main(): Promise<void> {
  const { json, ...setting } = readSetting();
  const figures = await measure(setting);
  if (json) return say(JSON.stringify({ setting, ...figures }));
  lines(setting, figures).forEach(say);
}

await main().catch(fail);
