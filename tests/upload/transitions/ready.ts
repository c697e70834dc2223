import assert from "node:assert/strict";
import { AppError } from "../../../src/system/app_error.ts";
import { NOON } from "../../system/fake_clock.ts";
import { jsonAnswer } from "../../system/fake_http_client.ts";
import {
  ADDRESS,
  ONCE,
  REJECTED,
  UPLOADED,
  WAITING,
} from "../ledger/ledgers.ts";
import { NO_PART_NUMBER, runFile } from "./run_files.ts";
import type { Scenario } from "./scenario.ts";
import { errorsOf, keyOf, told } from "./scene.ts";

const CREATED = jsonAnswer(201, { "test_run_id": "run-1" });
const INTERRUPTED = new AppError("interrupted", "Interrupted");

function inMilliseconds(milliseconds: number): Date {
  return new Date(NOON.getTime() + milliseconds);
}

/** Of a document that can be sent. */
export const READY: readonly Scenario[] = [
  {
    row: "ready + claimed → claimed: send",
    says: "another process sees that a run is being sent, before it is",
    async play(scene) {
      const run = runFile();
      const key = await keyOf(run);
      const other = await scene.otherProcess();
      const states: unknown[] = [];
      await scene.upload([run], {
        answers: [CREATED],
        onRequest: () => void states.push(other.find(key)?.state),
      });
      assert.deepEqual(states, ["sending"]);
    },
  },
  {
    row: "ready + busy → pausing: sleep",
    says: "a run that another process sends in vain is sent afterwards",
    async play(scene) {
      const run = runFile();
      const key = await keyOf(run);
      const other = await scene.otherProcess();
      await other.claim(key, ONCE);
      const seen = await scene.upload([run], {
        answers: [CREATED],
        async onSleep(number) {
          if (number === 2) await other.settle(key, WAITING);
        },
      });
      assert.deepEqual(told(seen), [["uploaded", null]]);
      assert.equal(seen.reports[0]?.attempts, 2);
      assert.equal(seen.milliseconds, 200);
    },
  },
  {
    row: "ready + known uploaded → uploaded: report",
    says: "a run that was uploaded before is not sent again",
    async play(scene) {
      const run = runFile();
      const key = await keyOf(run);
      await scene.ledger.claim(key, ONCE);
      await scene.ledger.settle(key, UPLOADED);
      const seen = await scene.upload([run]);
      assert.deepEqual(told(seen), [
        ["already_uploaded", "2026-03-01T12:00:00Z"],
      ]);
      assert.equal(seen.requests, 0);
    },
  },
  {
    row: "ready + known rejected → rejected: report",
    says:
      "a run that was refused before is not sent again, and its report says how it would be",
    async play(scene) {
      const run = runFile();
      const key = await keyOf(run);
      await scene.ledger.claim(key, ONCE);
      await scene.ledger.settle(key, REJECTED);
      const { reports, requests } = await scene.upload([run]);
      assert.equal(reports[0]?.outcome, "rejected");
      assert.equal(reports[0]?.httpStatus, 422);
      assert.match(reports[0]?.reason ?? "", /history retry/);
      assert.equal(requests, 0);
    },
  },
  {
    row: "ready + paused → pausing: sleep",
    says:
      "a service keeps a run in the ledger during a pause, and sends it then",
    async play(scene) {
      const run = runFile();
      const other = await scene.otherProcess();
      const until = inMilliseconds(5000);
      await other.pauses.ask(ADDRESS, { until, cause: "It is full" });
      const states: unknown[] = [];
      const seen = await scene.upload([run], {
        answers: [CREATED],
        retryMilliseconds: Infinity,
        onSleep: async () => void states.push(await scene.stateOf(run)),
      });
      assert.equal(states[0], "waiting");
      assert.deepEqual(told(seen), [["uploaded", null]]);
      assert.ok(seen.milliseconds >= 5000);
    },
  },
  {
    row: "ready + given up → waiting: report",
    says:
      "a run stays in the ledger when the pause that StandCloud asked for is too long",
    async play(scene) {
      const run = runFile();
      const other = await scene.otherProcess();
      const until = inMilliseconds(61_000);
      await other.pauses.ask(ADDRESS, { until, cause: "It is full" });
      const seen = await scene.upload([run]);
      assert.deepEqual(told(seen), [
        ["waiting", "StandCloud asked for a pause until 2026-03-01T12:01:01Z"],
      ]);
      assert.equal(seen.requests, 0);
      assert.equal(await scene.stateOf(run), "waiting");
    },
  },
  {
    row: "ready + stopped → waiting: report",
    says: "a run that was read when the upload was interrupted is not sent",
    async play(scene) {
      const run = runFile("report", {
        onRead: () => scene.interrupt(INTERRUPTED),
      });
      const seen = await scene.upload([run]);
      assert.deepEqual(told(seen), [["waiting", "Interrupted"]]);
      assert.equal(seen.stopped, INTERRUPTED);
      assert.equal(seen.requests, 0);
      assert.equal(await scene.stateOf(run), undefined);
    },
  },
];

/** Of a document that a rule holds back; HardPy sends it filled. */
export const UNSENT: readonly Scenario[] = [
  {
    row: "unsent + not known → held: report",
    says: "a run that a rule holds back is reported with the rule",
    async play(scene) {
      const { reports } = await scene.upload([
        runFile("record", { changes: NO_PART_NUMBER }),
      ]);
      assert.deepEqual(reports.map(({ outcome }) => outcome), ["invalid"]);
      assert.deepEqual(
        errorsOf(reports[0]).map(({ rule, path }) => [rule, path]),
        [["missing-mandatory-field", "/dut/part_number"]],
      );
    },
  },
  {
    row: "unsent + busy → pausing: sleep",
    says:
      "a run that a rule holds back waits for its filled form that another process sends",
    async play(scene) {
      const run = runFile("history", { changes: NO_PART_NUMBER });
      const filled = runFile("tempstore", { changes: NO_PART_NUMBER });
      const key = await keyOf(filled);
      const other = await scene.otherProcess();
      await other.claim(key, ONCE);
      const seen = await scene.upload([run], {
        async onSleep(number) {
          if (number === 2) await other.settle(key, UPLOADED);
        },
      });
      assert.deepEqual(told(seen), [
        ["already_uploaded", "2026-03-01T12:00:00Z"],
      ]);
      assert.equal(seen.milliseconds, 200);
    },
  },
  {
    row: "unsent + known uploaded → uploaded: report",
    says: "a run that a rule holds back is uploaded when its filled form is",
    async play(scene) {
      const filled = runFile("tempstore", { changes: NO_PART_NUMBER });
      const key = await keyOf(filled);
      await scene.ledger.claim(key, ONCE);
      await scene.ledger.settle(key, UPLOADED);
      const run = runFile("record", { changes: NO_PART_NUMBER });
      const { reports, requests } = await scene.upload([run]);
      assert.equal(reports[0]?.outcome, "already_uploaded");
      assert.equal(reports[0]?.testRunId, "run-1");
      assert.equal(requests, 0);
      assert.equal(await scene.stateOf(run), "uploaded");
    },
  },
  {
    row: "unsent + stopped → waiting: report",
    says: "a run that a rule holds back waits when the upload was interrupted",
    async play(scene) {
      const seen = await scene.upload([
        runFile("record", {
          changes: NO_PART_NUMBER,
          onRead: () => scene.interrupt(INTERRUPTED),
        }),
      ]);
      assert.deepEqual(told(seen), [["waiting", "Interrupted"]]);
      assert.equal(seen.stopped, INTERRUPTED);
    },
  },
];
