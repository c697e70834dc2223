import assert from "node:assert/strict";
import { ONCE, REJECTED, UPLOADED } from "../ledger/ledgers.ts";
import { answer, jsonAnswer } from "../../system/fake_http_client.ts";
import { NO_PART_NUMBER, runFile, runText, textFile } from "./run_files.ts";
import type { Scenario } from "./scenario.ts";
import { keyOf, told } from "./scene.ts";

const CREATED = jsonAnswer(201, { "test_run_id": "run-1" });

export const READING: readonly Scenario[] = [
  {
    row: "reading + sendable → ready: claim",
    says: "a run is sent, and its report and the ledger say so",
    async play(scene) {
      const run = runFile();
      const seen = await scene.upload([run], { answers: [CREATED] });
      assert.deepEqual(told(seen), [["uploaded", null]]);
      assert.equal(seen.reports[0]?.attempts, 1);
      assert.equal(await scene.stateOf(run), "uploaded");
    },
  },
  {
    row: "reading + refused by a rule → unsent: ask",
    says: "a run that StandCloud would refuse is not sent",
    async play(scene) {
      const run = runFile("record", { changes: NO_PART_NUMBER });
      const { reports, requests } = await scene.upload([run]);
      assert.equal(reports[0]?.outcome, "invalid");
      assert.equal(reports[0]?.expectedStatus, 422);
      assert.equal(requests, 0);
    },
  },
  {
    row: "reading + not sendable → held: report",
    says: "a file that is no JSON is reported, and nothing is sent",
    async play(scene) {
      const { reports, requests } = await scene.upload([
        textFile("/stand/broken.json", "{"),
      ]);
      assert.equal(reports[0]?.outcome, "invalid");
      assert.equal(reports[0]?.issues[0]?.rule, "not-json");
      assert.equal(requests, 0);
    },
  },
  {
    row: "reading + not meant → left: drop",
    says: "what is no run gets a note, no report, and is not sent",
    async play(scene) {
      const changes = { status: "failed", "start_time": null, modules: {} };
      const { reports, notes, requests } = await scene.upload([
        runFile("record", { changes }),
      ]);
      assert.deepEqual(reports, []);
      assert.match(notes.join(), /is no run/);
      assert.equal(requests, 0);
    },
  },
  {
    row: "reading + fuller form under way → pausing: sleep",
    says: "a history file waits for the record that is being sent",
    async play(scene) {
      const record = runFile("record");
      const history = runFile("history");
      const waits = Promise.withResolvers<void>();
      const isSent = Promise.withResolvers<void>();
      const seen = await scene.upload([record, history], {
        answers: [CREATED],
        // StandCloud answers when the history file has begun to wait.
        onRequest: () => waits.promise,
        async onSleep(number) {
          waits.resolve();
          if (number > 1) await isSent.promise;
        },
        onFile() {
          isSent.resolve();
          return Promise.resolve(true);
        },
      });
      assert.deepEqual(
        seen.reports.map(({ file, outcome }) => [file, outcome]),
        [[record.name, "uploaded"], [history.name, "already_uploaded"]],
      );
      assert.equal(seen.requests, 1);
      assert.ok(history.reads > 1);
    },
  },
  {
    row: "reading + fuller form waiting → left: drop",
    says: "a history file is not sent in the place of the record that waits",
    async play(scene) {
      const record = runFile("record");
      const history = runFile("history", { isWatched: true });
      const isOver = Promise.withResolvers<void>();
      async function* sources() {
        yield record;
        await isOver.promise;
        yield history;
      }
      const seen = await scene.upload(sources(), {
        answers: [answer(503)],
        retryMilliseconds: 0,
        onFile() {
          isOver.resolve();
          return Promise.resolve(true);
        },
      });
      assert.deepEqual(told(seen), [
        ["waiting", "StandCloud answers with HTTP 503"],
      ]);
      assert.equal(seen.requests, 1);
      assert.equal(history.agains, 1);
    },
  },
  {
    row: "reading + not yet → left: put off",
    says: "a history file is sent after the reports that are named behind it",
    async play(scene) {
      const first = runText("history", { name: "the first" });
      const { sent } = await scene.upload([
        textFile("/copy/first.json", first),
        runFile("report", { changes: { name: "the second" } }),
      ], { answers: [CREATED, CREATED] });
      const names = sent.map(({ body }) =>
        JSON.parse(new TextDecoder().decode(body as Uint8Array)).name
      );
      assert.deepEqual(names, ["the second", "the first"]);
    },
  },
  {
    row: "reading + gone → waiting: report",
    says: "a file that goes away while it waits is named",
    async play(scene) {
      const run = runFile();
      const key = await keyOf(run);
      const seen = await scene.upload([run], {
        answers: [answer(503)],
        onSleep: () => run.remove(),
      });
      assert.deepEqual(told(seen), [
        ["waiting", `"${run.name}" is gone, or has changed`],
      ]);
      assert.equal(seen.requests, 1);
      assert.equal(scene.ledger.find(key)?.state, "waiting");
    },
  },
  {
    row: "reading + busy → pausing: sleep",
    says: "a file that goes away while another process sends it is waited for",
    async play(scene) {
      const run = runFile();
      const key = await keyOf(run);
      const other = await scene.otherProcess();
      await other.claim(key, ONCE);
      const seen = await scene.upload([run], {
        async onSleep(number) {
          run.remove();
          if (number === 3) await other.settle(key, UPLOADED);
        },
      });
      assert.equal(told(seen)[0]?.[0], "already_uploaded");
      assert.equal(seen.requests, 0);
      assert.equal(seen.milliseconds, 300);
    },
  },
  {
    row: "reading + known uploaded → uploaded: report",
    says: "a file that another process has uploaded and moved is uploaded",
    async play(scene) {
      const run = runFile();
      const key = await keyOf(run);
      const other = await scene.otherProcess();
      await other.claim(key, ONCE);
      const seen = await scene.upload([run], {
        async onSleep() {
          await other.settle(key, UPLOADED);
          run.remove();
        },
      });
      assert.deepEqual(told(seen), [
        ["already_uploaded", "2026-03-01T12:00:00Z"],
      ]);
      assert.equal(seen.reports[0]?.testRunId, "run-1");
      assert.equal(seen.requests, 0);
    },
  },
  {
    row: "reading + known rejected → rejected: report",
    says:
      "a file that was refused by way of another process, and moved, is refused",
    async play(scene) {
      const run = runFile();
      const key = await keyOf(run);
      const other = await scene.otherProcess();
      await other.claim(key, ONCE);
      const seen = await scene.upload([run], {
        async onSleep() {
          await other.settle(key, REJECTED);
          run.remove();
        },
      });
      assert.equal(told(seen)[0]?.[0], "rejected");
      assert.equal(seen.reports[0]?.httpStatus, 422);
      assert.equal(seen.requests, 0);
    },
  },
  {
    row: "reading + stopped → waiting: report",
    says:
      "a ledger that cannot be read ends the upload with a report for the run",
    async play(scene) {
      const run = runFile();
      const seen = await scene.upload([run], {
        answers: [answer(503)],
        onSleep(number) {
          if (number > 1) return;
          run.remove();
          using database = scene.database();
          database.exec("DROP TABLE documents");
        },
      });
      assert.equal(seen.stopped?.code, "store_unwritable");
      assert.deepEqual(told(seen), [["waiting", seen.stopped?.message]]);
      assert.equal(seen.requests, 1);
    },
  },
];
