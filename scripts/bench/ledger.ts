/**
 * How long `health`, `history` and the question "already sent?" take with a large
 * ledger and a stored login, and `health` beside a program that does nothing and
 * beside commands that read no ledger:
 * `sh scripts/deno run -A scripts/bench/ledger.ts [--entries N] [--runs N]`.
 */
import { parseArgs } from "node:util";
import { openDatabase } from "../../src/system/database.ts";
import { migrate } from "../../src/upload/ledger/schema.ts";
import { compiledBinary } from "../compile/compiled_binary.ts";
import { fail, say } from "../compile/say.ts";
import { fromRoot } from "../compile/paths.ts";
import { emptyProgram } from "./empty_program.ts";
import { prepareLogin } from "./login.ts";
import { inPairs, wholeRun } from "./measure.ts";
import { medianRatio, spread } from "./statistics.ts";

const ADDRESS = "127.0.0.1:9";
const RUN = fromRoot(
  "tests/testdata/runs/hardpy-0.22.1/minimum.jsonloader.json",
);
/** The waiting reports of this ledger are years old. */
const HEALTH = ["health", "--max-age", "3650d"];

/** One report of a hundred waits. */
const WAITING_EVERY = 100;

async function fill(path: string, entries: number): Promise<void> {
  using database = await openDatabase(path);
  migrate(database, path);
  database.transaction(() => {
    for (let i = 0; i < entries; i++) {
      const state = i % WAITING_EVERY === 0 ? "waiting" : "uploaded";
      const bytes = crypto.getRandomValues(new Uint8Array(32));
      database.run(
        `INSERT INTO reports (address, digest, state, source, bytes,
          serial_number, part_number, attempts, http_status, test_run_id,
          created_at, updated_at)
        VALUES ($address, $digest, $state, $source, 60000, $serial, 'PN-1', 1,
          201, $run, $time, $time)`,
        {
          address: ADDRESS,
          digest: bytes.toHex(),
          state,
          source: `/var/lib/hardpy/reports/run_${i}.json`,
          serial: `SN-${i}`,
          run: crypto.randomUUID(),
          time: 1_700_000_000_000 + i,
        },
      );
    }
  });
}

interface Bench {
  readonly path: string;
  readonly env: Record<string, string>;
}

async function timeCommands(
  runs: number,
  { path, env }: Bench,
): Promise<void> {
  const commands = [
    ["--version"],
    HEALTH,
    ["history"],
    ["history", "--json"],
    ["history", "--waiting"],
    ["history", "--since", "2023-11-14T22:14:50Z"],
    ["upload", "--dry-run", RUN],
  ];
  for (const args of commands) {
    const times: number[] = [];
    for (let run = 0; run < runs; run++) {
      times.push(await wholeRun({ path, args, env }));
    }
    const name = args.map((arg) => arg === RUN ? "FILE" : arg).join(" ");
    say(
      `${spread(times).median.toFixed(1).padStart(8)} ms  standcloud ${name}`,
    );
  }
}

/** `health` with the large ledger beside commands that have nothing to read, taken in turns. */
async function compareHealth(
  runs: number,
  { path, env }: Bench,
): Promise<void> {
  const nowhere = await Deno.makeTempDir({ prefix: "standcloud-ledger-" });
  const subject = () => wholeRun({ path, args: HEALTH, env });
  const empty = { ...env, "STANDCLOUD_HOME": nowhere };
  const nothing = await emptyProgram();
  const others = {
    "a program that does nothing": () => wholeRun({ path: nothing }),
    "--version": () => wholeRun({ path, args: ["--version"], env }),
    "status without a login": () =>
      wholeRun({ path, args: ["status"], env: empty }),
    "health without ledger and login": () =>
      wholeRun({
        path,
        args: ["health"],
        env: { ...empty, "STANDCLOUD_API_KEY": "key" },
      }),
  };
  try {
    for (const [name, baseline] of Object.entries(others)) {
      const pairs = await inPairs(runs, { baseline, subject });
      say(`${medianRatio(pairs).toFixed(2).padStart(8)} x   ${name}: health`);
    }
  } finally {
    await Deno.remove(nowhere, { recursive: true });
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      entries: { type: "string", default: "100000" },
      runs: { type: "string", default: "15" },
    },
  });
  const path = await compiledBinary({ log: say });
  const home = await Deno.makeTempDir({ prefix: "standcloud-ledger-" });
  try {
    await fill(`${home}/ledger.db`, Number(values.entries));
    await prepareLogin(home, ADDRESS);
    const env = {
      "STANDCLOUD_HOME": home,
      "STANDCLOUD_ADDRESS": ADDRESS,
    };
    const runs = Number(values.runs);
    await timeCommands(runs, { path, env });
    await compareHealth(runs, { path, env });
  } finally {
    await Deno.remove(home, { recursive: true });
  }
}

await main().catch(fail);
