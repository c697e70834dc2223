/**
 * Start-up time and size against an empty program compiled the same way:
 * `sh scripts/deno task bench [--runs N] [--json]`.
 */
import { parseArgs } from "node:util";
import { compile } from "./compile/build.ts";
import { compiledBinary } from "./compile/compiled_binary.ts";
import { fromRoot } from "./compile/paths.ts";
import { fail, say } from "./compile/say.ts";
import { listen } from "./bench/first_byte.ts";
import { prepareLogin } from "./bench/login.ts";
import { inPairs, wholeRun } from "./bench/measure.ts";
import type { Pair } from "./bench/statistics.ts";
import { validateRow } from "./bench/validate.ts";
import { type Row, sizeRow, table, timeRow } from "./bench/report.ts";
import { type Programs, wholeCheckRow } from "./bench/whole_check.ts";

const VERSION_BUDGET = 1.15;
const CHECK_BUDGET = 2.2;
const SIZE_BUDGET = 2_000_000;
/** Each takes seconds. */
const VALIDATE_RUNS = 7;

async function build(): Promise<Programs> {
  const suffix = Deno.build.os === "windows" ? ".exe" : "";
  const empty = fromRoot(`dist/empty${suffix}`);
  await compile({
    entry: fromRoot("scripts/bench/empty.ts"),
    output: empty,
    log: () => {},
  });
  return { empty, ours: await compiledBinary() };
}

async function versionRow(runs: number, programs: Programs): Promise<Row> {
  const pairs = await inPairs(runs, {
    baseline: () => wholeRun({ path: programs.empty }),
    subject: () => wholeRun({ path: programs.ours, args: ["--version"] }),
  });
  return timeRow("--version, whole run", { pairs, budget: VERSION_BUDGET });
}

async function checkRows(runs: number, programs: Programs): Promise<Row[]> {
  const home = await Deno.makeTempDir({ prefix: "standcloud-bench-" });
  try {
    using listener = listen();
    const { address } = listener;
    await prepareLogin(home, address);
    const check = {
      path: programs.ours,
      args: ["sc-login", "--check", address],
      env: { STANDCLOUD_HOME: home, HOME: home },
    };
    const bytes: Pair[] = [];
    const connections = await inPairs(runs, {
      baseline: () => wholeRun({ path: programs.empty }),
      subject: async () => {
        const { connection, byte } = await listener.arrival(check);
        bytes.push({ baseline: Number.NaN, subject: byte });
        return connection;
      },
    });
    // The runs that were not counted are not counted here either.
    const counted = bytes.slice(-connections.length)
      .map((pair, i) => ({
        ...pair,
        baseline: connections[i]?.baseline ?? Number.NaN,
      }));
    return [
      timeRow("sc-login --check, to its connection", {
        pairs: connections,
        budget: CHECK_BUDGET,
      }),
      timeRow("the same, to its first byte", {
        pairs: counted,
        budget: CHECK_BUDGET,
      }),
    ];
  } finally {
    await Deno.remove(home, { recursive: true });
  }
}

async function binarySizes({ empty, ours }: Programs): Promise<Row> {
  const [baseline, subject] = await Promise.all(
    [Deno.stat(empty), Deno.stat(ours)],
  );
  const pair = { baseline: baseline.size, subject: subject.size };
  return sizeRow("size in bytes", { pair, budget: SIZE_BUDGET });
}

async function main(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      runs: { type: "string", default: "21" },
      json: { type: "boolean", default: false },
    },
  });
  const runs = Number(values.runs);
  if (!Number.isInteger(runs) || runs < 1) {
    throw new Error("--runs wants a whole number of 1 or more");
  }
  const programs = await build();
  const rows = [await versionRow(runs, programs), await binarySizes(programs)];
  // What was measured is worth seeing even where the program does not speak yet.
  const check = await checkRows(runs, programs).catch((error: Error) => error);
  if (!(check instanceof Error)) rows.push(...check);
  rows.push(await wholeCheckRow(runs, programs));
  rows.push(await validateRow(Math.min(runs, VALIDATE_RUNS)));
  const lines = values.json ? [JSON.stringify({ runs, rows })] : table(rows);
  lines.forEach((line) => say(line));
  if (check instanceof Error) throw check;
}

await main(Deno.args).catch(fail);
