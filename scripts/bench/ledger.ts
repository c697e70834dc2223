/**
 * How long `history` and the question "already sent?" take with a large ledger:
 * `sh scripts/deno run -A scripts/bench/ledger.ts [--entries N] [--runs N]`.
 */
import { parseArgs } from "node:util";
import { openDatabase } from "../../src/system/database.ts";
import { migrate } from "../../src/upload/ledger/schema.ts";
import { compiledBinary } from "../compile/compiled_binary.ts";
import { fail, say } from "../compile/say.ts";
import { fromRoot } from "../compile/paths.ts";
import { wholeRun } from "./measure.ts";
import { spread } from "./statistics.ts";

const ADDRESS = "127.0.0.1:9";
const RUN = fromRoot(
  "tests/testdata/runs/hardpy-0.22.1/minimum.jsonloader.json",
);
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
    const env = {
      "STANDCLOUD_HOME": home,
      "STANDCLOUD_ADDRESS": ADDRESS,
      "STANDCLOUD_API_KEY": "key",
    };
    const commands = [
      ["--version"],
      ["history"],
      ["history", "--json"],
      ["history", "--waiting"],
      ["history", "--since", "2023-11-14T22:14:50Z"],
      ["upload", "--dry-run", RUN],
    ];
    for (const args of commands) {
      const times: number[] = [];
      for (let run = 0; run < Number(values.runs); run++) {
        times.push(await wholeRun({ path, args, env }));
      }
      const name = args.map((arg) => arg === RUN ? "FILE" : arg).join(" ");
      say(
        `${spread(times).median.toFixed(1).padStart(8)} ms  standcloud ${name}`,
      );
    }
  } finally {
    await Deno.remove(home, { recursive: true });
  }
}

await main().catch(fail);
