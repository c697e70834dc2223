import assert from "node:assert/strict";
import { join } from "node:path";
import {
  COUCH_PASSWORD,
  record,
  report,
  startCouch,
} from "../support/couch.ts";
import { runProgram } from "../support/run_program.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";
import { eventsOf } from "./run_in.ts";

const START = 1_792_000_000;
const at = (seconds: number) => ({ "start_time": START + seconds });

Deno.test("stats reads HardPy's CouchDB by its URL, and by hardpy.toml", async () => {
  await using couch = await startCouch();
  await couch.put("/runstore/1792000000123", record("", at(1)));
  await couch.put("/runstore/localhost_8000", record("SN-0002", at(2)));
  await couch.put("/report/report_1_SN-0001", report("SN-0001", at(1)));
  await couch.put("/runstore/state", { progress: 1, "operator_data": {} });
  await using folder = await TemporaryFolder.make();
  const toml = join(folder.path, "hardpy.toml");
  await Deno.writeTextFile(
    toml,
    [
      "[database]",
      'user = "hardpy"',
      `password = "${COUCH_PASSWORD}"`,
      'host = "127.0.0.1"',
      `port = ${couch.port}\n`,
    ].join("\n"),
  );
  const given = [[couch.url], ["--database", "--config", toml]];
  for (const args of given) {
    const { code, stdout, stderr } = await runProgram(
      ["stats", "--json", ...args],
      { home: folder.path },
    );
    assert.deepEqual([code, stderr], [0, ""]);
    const last = eventsOf(stdout).at(-1) ?? {};
    // The history copy has no serial number, and comes last.
    const { runs, copies, units, documents, left_out: left } = last;
    assert.deepEqual([runs, copies, units, documents], [2, 1, 2, 4]);
    assert.equal((left as Record<string, number>)["not_run"], 1);
    assert.ok(!stdout.includes(COUCH_PASSWORD));
  }
});
