/**
 * How time and memory of `standcloud stats` grow with the number of runs in a folder:
 * `sh scripts/deno run -A scripts/bench/stats_growth.ts [--counts N,N,…]`. The documents have
 * 3 kB; the folder of the largest default count takes 400 MB for a while.
 */
import { parseArgs } from "node:util";
import { compiledBinary } from "../compile/compiled_binary.ts";
import { fail, say } from "../compile/say.ts";
import { watchProcess } from "./process_watch.ts";
import { growthExponent } from "./statistics.ts";
import { writeLineDocuments } from "./line_documents.ts";

interface Step {
  readonly count: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakBytes: number;
}

async function measure(
  binary: string,
  folder: string,
  count: number,
): Promise<Step> {
  const begin = performance.now();
  const child = new Deno.Command(binary, {
    args: ["stats", folder],
    stdin: "null",
    stdout: "null",
    stderr: "inherit",
  }).spawn();
  using watch = watchProcess(child.pid);
  const { code } = await child.status;
  if (code !== 0) throw new Error(`stats exited with ${code}`);
  const seconds = (performance.now() - begin) / 1000;
  const { cpuSeconds, peakBytes } = watch;
  return { count, seconds, cpuSeconds, peakBytes };
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      counts: { type: "string", default: "1000,4000,16000,64000,100000" },
    },
  });
  const counts = values.counts.split(",").map(Number);
  const binary = await compiledBinary({ log: say });
  const steps: Step[] = [];
  say("     runs   seconds  CPU seconds   peak MB");
  for (const count of counts) {
    const folder = await Deno.makeTempDir({ prefix: "standcloud-stats-" });
    try {
      await writeLineDocuments(folder, count);
      const step = await measure(binary, folder, count);
      say(line(step));
      steps.push(step);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  }
  // The start of the program is in all of them.
  const points = (of: keyof Step) =>
    steps.map((step) => [step.count, step[of]] as const);
  say(`exponent of the time ${growthExponent(points("seconds")).toFixed(2)}`);
  say(`of the CPU's ${growthExponent(points("cpuSeconds")).toFixed(2)}`);
}

function line({ count, seconds, cpuSeconds, peakBytes }: Step): string {
  return [
    count.toLocaleString("en").padStart(9),
    seconds.toFixed(2).padStart(10),
    cpuSeconds.toFixed(2).padStart(13),
    (peakBytes / 1e6).toFixed(1).padStart(10),
  ].join("");
}

await main().catch(fail);
