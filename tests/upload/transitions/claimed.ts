import assert from "node:assert/strict";
import { answer, jsonAnswer } from "../../system/fake_http_client.ts";
import { ONCE } from "../ledger/ledgers.ts";
import { runFile, runText, textFile } from "./run_files.ts";
import type { Scenario } from "./scenario.ts";
import { errorsOf, keyOf, told } from "./scene.ts";

const CREATED = jsonAnswer(201, { "test_run_id": "run-1" });

export const CLAIMED: readonly Scenario[] = [
  {
    row: "claimed + arrived → uploaded: report",
    says:
      "the id that StandCloud gives to a run is in its report and in the ledger",
    async play(scene) {
      const run = runFile();
      const { reports } = await scene.upload([run], { answers: [CREATED] });
      assert.equal(reports[0]?.outcome, "uploaded");
      assert.equal(reports[0]?.httpStatus, 201);
      assert.equal(reports[0]?.testRunId, "run-1");
      const entry = scene.ledger.find(await keyOf(run));
      assert.equal(entry?.state, "uploaded");
      assert.equal(entry?.testRunId, "run-1");
    },
  },
  {
    row: "claimed + refused → rejected: report",
    says:
      "what StandCloud has against a run is in its report, and the others go up",
    async play(scene) {
      const detail = [{ loc: ["body", "dut"], msg: "no such part" }];
      const bad = runFile();
      const other = runText("report", { name: "another" });
      const good = textFile("/stand/good.json", other);
      const { reports } = await scene.upload([bad, good], {
        answers: [jsonAnswer(422, { detail }), CREATED],
        concurrency: 1,
      });
      const [refused, sent] = reports;
      assert.equal(refused?.outcome, "rejected");
      assert.equal(refused?.httpStatus, 422);
      assert.deepEqual(
        errorsOf(refused).map(({ path, message }) => [path, message]),
        [["/dut", "no such part"]],
      );
      assert.equal(sent?.outcome, "uploaded");
      assert.equal(await scene.stateOf(bad), "rejected");
    },
  },
  {
    row: "claimed + failed → pausing: sleep",
    says: "a run is sent again when StandCloud was busy, and is reported once",
    async play(scene) {
      const run = runFile();
      const seen = await scene.upload([run], {
        answers: [answer(503, "", { "retry-after": "7" }), CREATED],
      });
      assert.deepEqual(told(seen), [["uploaded", null]]);
      assert.equal(seen.reports[0]?.attempts, 2);
      assert.ok(seen.milliseconds >= 7000);
      assert.deepEqual([...new Set(seen.notes)], [
        "paused: StandCloud answers with HTTP 503",
        "resumed",
      ]);
    },
  },
  {
    row: "claimed + stopped → waiting: report",
    says:
      "a run whose sender may not upload stays in the ledger, and nothing more is sent",
    async play(scene) {
      const run = runFile();
      const hasStopped = Promise.withResolvers<void>();
      async function* sources() {
        yield run;
        await hasStopped.promise;
        yield runFile("report", { changes: { name: "another" } });
      }
      const { reports, stopped, requests } = await scene.upload(sources(), {
        answers: [answer(403)],
        onStop: hasStopped.resolve,
      });
      assert.equal(stopped?.code, "not_allowed");
      assert.deepEqual(reports.map(({ outcome }) => outcome), [
        "waiting",
        "waiting",
      ]);
      assert.equal(requests, 1);
      assert.equal(await scene.stateOf(run), "waiting");
    },
  },
];

export const PAUSING: readonly Scenario[] = [
  {
    row: "pausing + due → reading: read",
    says: "a run leaves memory while it waits, and is read again to be sent",
    async play(scene) {
      const run = runFile();
      const seen = await scene.upload([run], {
        answers: [answer(503), answer(503), CREATED],
      });
      assert.deepEqual(told(seen), [["uploaded", null]]);
      assert.equal(run.reads, 3);
    },
  },
  {
    row: "pausing + too late → waiting: report",
    says:
      "a run stays in the ledger when StandCloud is away for longer than it is retried",
    async play(scene) {
      const run = runFile();
      const seen = await scene.upload([run], {
        answers: [answer(503)],
        retryMilliseconds: 0,
      });
      assert.deepEqual(told(seen), [
        ["waiting", "StandCloud answers with HTTP 503"],
      ]);
      assert.equal(seen.stopped, undefined);
      assert.equal(await scene.stateOf(run), "waiting");
    },
  },
  {
    row: "pausing + stopped → waiting: report",
    says:
      "a ledger that cannot be read any more ends the upload with a report for the run that waits",
    async play(scene) {
      const run = runFile();
      const other = await scene.otherProcess();
      await other.claim(await keyOf(run), ONCE);
      const { reads } = run;
      using database = scene.database();
      const seen = await scene.upload([run], {
        onSleep() {
          database.exec("ALTER TABLE reports RENAME TO lost");
        },
      });
      // The other process ends well.
      database.exec("ALTER TABLE lost RENAME TO reports");
      assert.equal(seen.stopped?.code, "store_unwritable");
      assert.deepEqual(told(seen), [["waiting", seen.stopped?.message]]);
      assert.equal(seen.requests, 0);
      assert.equal(run.reads, reads + 1);
    },
  },
];
