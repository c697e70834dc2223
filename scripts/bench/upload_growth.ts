/**
 * How time and memory of `standcloud upload` grow with the number of reports in a folder:
 * `sh scripts/deno run -A scripts/bench/upload_growth.ts [--counts N,N,…] [--bytes N]
 * [--concurrency N|auto]`. The largest folder of the default takes 2 GB for a while.
 */
import { parseArgs } from "node:util";
import { compiledBinary } from "../compile/compiled_binary.ts";
import { fail, say } from "../compile/say.ts";
import { writeSimilarDocuments } from "./run_documents.ts";
import { startSandboxProcess } from "./sandbox_process.ts";
import { growthExponent } from "./statistics.ts";
import { readConcurrency, runUpload, type UploadRun } from "./upload_run.ts";

interface Step extends UploadRun {
  readonly count: number;
}

async function measure(
  count: number,
  { bytes, concurrency, binary }: {
    bytes: number;
    concurrency: number | "auto";
    binary: string;
  },
): Promise<Step> {
  const folder = await Deno.makeTempDir({ prefix: "standcloud-growth-" });
  try {
    await writeSimilarDocuments(folder, count, { bytes, form: "sent" });
    await using sandbox = await startSandboxProcess(["--drop-texts"]);
    const { address, caFile, apiKey } = sandbox;
    const run = await runUpload({
      ...{ binary, folder, concurrency, address, caFile, apiKey },
    });
    const stored = await sandbox.reportCount();
    if (stored !== count) throw new Error(`${stored} of ${count} arrived`);
    return { ...run, count };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function line({ count, seconds, uploadSeconds, peakBytes }: Step): string {
  return [
    count.toLocaleString("en").padStart(9),
    seconds.toFixed(2).padStart(10),
    (count / uploadSeconds).toFixed(0).padStart(12),
    (peakBytes / 1e6).toFixed(1).padStart(12),
  ].join("");
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      counts: { type: "string", default: "1000,10000,100000" },
      bytes: { type: "string", default: "20000" },
      concurrency: { type: "string", default: "auto" },
    },
  });
  const counts = values.counts.split(",").map(Number);
  if (!counts.every((count) => Number.isInteger(count) && count > 0)) {
    throw new Error("--counts wants whole numbers with commas between them");
  }
  const binary = await compiledBinary({ log: say });
  const options = {
    bytes: Number(values.bytes),
    concurrency: readConcurrency(values.concurrency),
    binary,
  };
  say("  reports   seconds  reports/s  peak in MB");
  const steps: Step[] = [];
  for (const count of counts) {
    const step = await measure(count, options);
    steps.push(step);
    say(line(step));
  }
  const [first, last] = [steps[0], steps.at(-1)];
  if (first === undefined || last === undefined || first === last) return;
  const peak = last.peakBytes / first.peakBytes;
  const exponent = growthExponent(
    steps.map(({ count, uploadSeconds }) => [count, uploadSeconds]),
  );
  say(
    `peak × ${peak.toFixed(2)}, time grows with exponent ${
      exponent.toFixed(3)
    }`,
  );
}

await main().catch(fail);
