import assert from "node:assert/strict";
import { type Database, openDatabase } from "../../../src/system/database.ts";
import { fakeClock } from "../../system/fake_clock.ts";
import { privateFiles } from "../../../src/system/private_files.ts";
import { Claims } from "../../../src/upload/ledger/claims.ts";
import { History } from "../../../src/upload/ledger/history.ts";
import { Ledger } from "../../../src/upload/ledger/ledger.ts";
import { Origin } from "../../../src/upload/ledger/origin.ts";
import { migrate } from "../../../src/upload/ledger/schema.ts";
import { newEntry } from "../../../src/upload/ledger/entry.ts";
import { settleOthers } from "../../../src/upload/ledger/settle_others.ts";
import { reportKey } from "./ledgers.ts";

/** A database that notes how SQLite would find the rows of each query. */
async function watched(): Promise<{ database: Database; plans: string[] }> {
  const database = await openDatabase(":memory:");
  migrate(database, ":memory:");
  const plans: string[] = [];
  const explain: Database["all"] = (sql, values) => {
    const steps = database.all(`EXPLAIN QUERY PLAN ${sql}`, values);
    plans.push(steps.map(({ detail }) => detail).join("; "));
    return database.all(sql, values);
  };
  return {
    database: {
      ...database,
      all: explain,
      get: (...query) => explain(...query)[0],
    },
    plans,
  };
}

Deno.test("what an upload asks for each report is found by an index, however large the ledger", async () => {
  const { database, plans } = await watched();
  const claims = new Claims(database, {
    files: privateFiles,
    folder: undefined,
  });
  const ledger = new Ledger(database, {
    clock: fakeClock(),
    claims,
    origin: new Origin(database, { path: undefined, clock: fakeClock() }),
    interrupted: new AbortController().signal,
  });
  ledger.find(reportKey(1));
  ledger.freeOf(["run-1"], newEntry(reportKey(1), new Date()));
  ledger.documentOf(reportKey(1));
  ledger.twinsOf(reportKey(1));
  ledger.pauses.of("a");
  ledger.adopted(reportKey(1));
  const lookUpRange = { prefix: "[", suffix: "]" };
  ledger.otherForms(
    reportKey(1, { form: "report", runKey: "key", lookUpRange }),
  );
  await ledger.recover();
  assert.deepEqual(plans, [
    "SEARCH reports USING INDEX sqlite_autoindex_reports_1 (digest=? AND address=?)",
    "SEARCH other USING INDEX reports_by_run (test_run_id=?); SEARCH own USING INDEX sqlite_autoindex_reports_1 (digest=? AND address=?) LEFT-JOIN",
    "SEARCH documents USING INDEX sqlite_autoindex_documents_1 (digest=? AND address=?)",
    "SEARCH own USING INDEX sqlite_autoindex_reports_1 (digest=? AND address=?); MULTI-INDEX OR; INDEX 1; SEARCH other USING INDEX reports_by_look_up (look_up_key=?); INDEX 2; SEARCH other USING INDEX reports_by_look_up (look_up_key=?)",
    "SEARCH pauses USING INDEX sqlite_autoindex_pauses_1 (address=?); SEARCH pause_starts USING INDEX sqlite_autoindex_pause_starts_1 (address=?) LEFT-JOIN",
    "SEARCH reports USING INDEX reports_by_former_digest (former_digest=?)",
    "SEARCH reports USING INDEX reports_by_run_key (run_key=? AND <expr>=?)",
    "SCAN reports USING COVERING INDEX reports_of_before",
    "SEARCH reports USING INDEX reports_by_state (state=?); USE TEMP B-TREE FOR DISTINCT",
  ]);
});

Deno.test("what an uploaded run supersedes is found by an index", async () => {
  using database = await openDatabase(":memory:");
  migrate(database, ":memory:");
  const plans: string[] = [];
  const explain: Database["run"] = (sql, values) => {
    const steps = database.all(`EXPLAIN QUERY PLAN ${sql}`, values);
    plans.push(...steps.map(({ detail }) => String(detail)));
  };
  const found = { status: 201, run: "run-1", now: 0 };
  const get: Database["get"] = (...query) => {
    explain(...query);
    return {};
  };
  const watching = { ...database, run: explain, get };
  settleOthers(watching, newEntry(reportKey(1), new Date(0)), found);
  assert.ok(!plans.some((plan) => plan.startsWith("SCAN")), plans.join("\n"));
  assert.ok(plans.some((plan) => /reports_by_stored_run/.test(plan)));
  assert.ok(plans.some((plan) => /reports_for_a_person/.test(plan)));
});

Deno.test("what history asks for is found and sorted by an index", async () => {
  const { database, plans } = await watched();
  const history = new History(database);
  const since = new Date(0);
  [
    ...history.entries({}),
    ...history.entries({ since }),
    ...history.entries({ state: "waiting" }),
    ...history.entries({ state: "waiting", since }),
  ];
  [...history.entries({ serialNumber: "SN-1" })];
  history.summary();
  history.count("held");
  history.byPrefix("00000000");
  history.kept("a");
  const byTime = "SEARCH reports USING INDEX reports_by_time";
  const byState = "SEARCH reports USING INDEX reports_by_state";
  assert.deepEqual(plans, [
    `${byTime} (updated_at<?)`,
    `${byTime} (updated_at>? AND updated_at<?)`,
    `${byState} (state=? AND updated_at<?)`,
    `${byState} (state=? AND updated_at>? AND updated_at<?)`,
    "SEARCH reports USING INDEX reports_by_serial (serial_number=? AND updated_at<?)",
    "SCAN sqlite_schema",
    "SCAN state_counts",
    "SEARCH reports USING COVERING INDEX reports_to_send (state=?)",
    "SEARCH reports USING COVERING INDEX reports_to_send (state=?)",
    "SEARCH reports USING COVERING INDEX reports_by_state (state=?)",
    "SEARCH state_counts USING PRIMARY KEY (state=?)",
    "SEARCH reports USING INDEX sqlite_autoindex_reports_1 (digest>? AND digest<?)",
    "SCAN documents USING COVERING INDEX sqlite_autoindex_documents_1; SEARCH reports USING INDEX sqlite_autoindex_reports_1 (digest=? AND address=?)",
  ]);
});
