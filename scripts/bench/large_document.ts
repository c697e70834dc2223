/**
 * Time and memory of `validate` and `show` for one document of 200 MB, with the compiled program:
 * `sh scripts/deno run -A scripts/bench/large_document.ts [POINTS]`, the points of each chart.
 */
import { compiledBinary } from "../compile/compiled_binary.ts";
import { fromRoot } from "../compile/paths.ts";
import { say } from "../compile/say.ts";
import { watchProcess } from "./process_watch.ts";

const COMMANDS = [
  ["validate"],
  ["validate", "--json"],
  ["show"],
  ["show", "--html", "-"],
  ["show", "--json"],
];
const SOURCE =
  "tests/testdata/runs/hardpy-0.22.1/sensor_board_passed.jsonloader.json";
const CHARTS = 3;
const LOG_CHARACTERS = 20_000_000;

interface Case {
  chart?: unknown;
  artifact?: unknown;
}

/** A run with charts of so many points and a long log, laid out as HardPy does it. */
async function largeDocument(points: number): Promise<string> {
  const run = JSON.parse(await Deno.readTextFile(fromRoot(SOURCE)));
  const modules: { cases: Record<string, Case> }[] = Object.values(run.modules);
  const cases = modules.flatMap(({ cases }) => Object.values(cases));
  for (const one of cases.slice(0, CHARTS)) {
    const x = Array.from({ length: points }, (_, index) => index / 1000);
    const y = x.map((at) => Math.sin(at) + Math.sin(at * 977) / 100);
    one.chart = { "marker_name": ["y"], "x_data": [x], "y_data": [y] };
  }
  for (const one of cases.slice(-1)) {
    one.artifact = { log: "0123456789 abcdef\n".repeat(LOG_CHARACTERS / 18) };
  }
  return JSON.stringify(run, null, 2);
}

interface Measured {
  readonly seconds: number;
  readonly peakBytes: number;
}

async function measure(
  binary: string,
  args: readonly string[],
): Promise<Measured> {
  const begin = performance.now();
  const child = new Deno.Command(binary, {
    args: [...args],
    stdin: "null",
    stdout: "null",
    stderr: "inherit",
  }).spawn();
  using memory = watchProcess(child.pid);
  const { code } = await child.status;
  if (code !== 0) throw new Error(`${args.join(" ")} exited with ${code}`);
  const seconds = (performance.now() - begin) / 1000;
  return { seconds, peakBytes: memory.peakBytes };
}

if (import.meta.main) {
  const binary = await compiledBinary({ log: say });
  const folder = await Deno.makeTempDir({ prefix: "standcloud-large-" });
  try {
    const path = `${folder}/run.json`;
    const points = Number(Deno.args[0] ?? 850_000);
    await Deno.writeTextFile(path, await largeDocument(points));
    const { size } = await Deno.stat(path);
    say(`a document of ${(size / 1e6).toFixed(0)} MB`);
    for (const command of COMMANDS) {
      const { seconds, peakBytes } = await measure(binary, [...command, path]);
      const peak = `${(peakBytes / 1e6).toFixed(0)} MB`;
      const times = `${(peakBytes / size).toFixed(1)} times the size`;
      say(
        `${command.join(" ").padEnd(16)} ${
          seconds.toFixed(1)
        } s, ${peak}, ${times}`,
      );
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
