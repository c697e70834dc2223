import assert from "node:assert/strict";
import { AppError } from "../../src/system/app_error.ts";
import { answer, jsonAnswer } from "../system/fake_http_client.ts";
import { ONCE, REJECTED, UPLOADED, WAITING } from "./ledger/ledgers.ts";
import {
  NO_PART_NUMBER,
  NO_SERIAL_NUMBER,
  oneByOne,
  runFile,
  runText,
  textFile,
} from "./transitions/run_files.ts";
import { keyOf, Scene, told } from "./transitions/scene.ts";

const CREATED = jsonAnswer(201, { "test_run_id": "run-2" });
const INTERRUPTED = new AppError("interrupted", "Interrupted");

Deno.test("upload --force sends a run once, however often it comes, under a key of its own", async () => {
  await using scene = await Scene.make();
  const run = runFile();
  const { digest } = await keyOf(run);
  const isSent = Promise.withResolvers<void>();
  const sources = oneByOne(run, [isSent.promise, runFile("tempstore")]);
  const { reports, sent } = await scene.upload(sources, {
    answers: [CREATED],
    force: true,
    onFile() {
      isSent.resolve();
      return Promise.resolve(true);
    },
  });
  assert.deepEqual(reports.map(({ outcome }) => outcome), [
    "uploaded",
    "already_uploaded",
  ]);
  const key = sent[0]?.headers?.["idempotency-key"] ?? "";
  assert.ok(key.startsWith(`"${digest}-`), key);
});

Deno.test("upload --force sends what was refused, and what was uploaded stays so when that fails", async () => {
  await using scene = await Scene.make();
  const run = runFile();
  const key = await keyOf(run);
  await scene.ledger.claim(key, ONCE);
  await scene.ledger.settle(key, REJECTED);
  const options = { force: true, retryMilliseconds: 0 };
  const sent = await scene.upload([run], { answers: [CREATED], ...options });
  assert.deepEqual(told(sent), [["uploaded", null]]);
  await scene.upload([run], { answers: [answer(503)], ...options });
  assert.equal(scene.ledger.find(key)?.state, "uploaded");
});

Deno.test("upload --force takes no earlier upload of a run for the one whose answer was lost", async () => {
  await using scene = await Scene.make();
  const changes = { "start_time": 1772276400, "stop_time": 1772276460 };
  const run = runFile("report", { changes });
  await scene.upload([run], { answers: [CREATED] });
  const options = { force: true, retryMilliseconds: 0 };
  await scene.upload([run], { answers: [answer(500)], ...options });
  const earlier = {
    "test_run_id": "run-2",
    "serial_number": "SN-1",
    "start_time": "2026-02-28T11:00:00Z",
    "stop_time": "2026-02-28T11:01:00Z",
  };
  const { reports } = await scene.upload([run], {
    lookUps: [jsonAnswer(200, [earlier])],
    answers: [jsonAnswer(201, { "test_run_id": "run-3" })],
    ...options,
  });
  assert.equal(reports[0]?.testRunId, "run-3");
});

Deno.test("upload sends a run whose sender has died, and says that it may be there twice", async () => {
  await using scene = await Scene.make();
  const run = runFile("report", { changes: NO_SERIAL_NUMBER });
  const other = await scene.otherProcess();
  await other.claim(await keyOf(run), ONCE);
  const { reports } = await scene.upload([run], {
    answers: [CREATED],
    onSleep: () => scene.killSenders(),
  });
  assert.equal(reports[0]?.outcome, "uploaded");
  assert.equal(reports[0]?.isPossiblyDuplicate, true);
});

Deno.test("upload knows that a run which a rule holds back was uploaded filled", async () => {
  await using scene = await Scene.make();
  const run = runFile("record", { changes: NO_PART_NUMBER });
  const key = await keyOf(run);
  await scene.ledger.claim(key, ONCE);
  await scene.ledger.settle(key, UPLOADED);
  assert.equal(told(await scene.upload([run]))[0]?.[0], "already_uploaded");
});

Deno.test("upload sends no other run that has taken the place of the one that waits", async () => {
  await using scene = await Scene.make();
  const run = runFile();
  const seen = await scene.upload([run], {
    answers: [answer(503)],
    onSleep: () => run.replace(runText("report", { name: "another" })),
  });
  assert.deepEqual(told(seen), [
    ["waiting", `"${run.name}" is gone, or has changed`],
  ]);
});

Deno.test("upload sends what came through stdin from the ledger when it had to wait", async () => {
  await using scene = await Scene.make();
  const texts = [runText("report")];
  const seen = await scene.upload([{
    kind: "stdin",
    name: "-",
    read() {
      const bytes = new TextEncoder().encode(texts.shift() ?? "");
      return Promise.resolve({ bytes });
    },
  }], { answers: [answer(503), CREATED] });
  assert.deepEqual(told(seen), [["uploaded", null]]);
});

Deno.test("upload tells once of a file that it tries again and again", async () => {
  await using scene = await Scene.make();
  const broken = textFile("/stand/broken.json", "{", { isWatched: true });
  const isTold = Promise.withResolvers<void>();
  const sources = oneByOne(broken, [isTold.promise, broken]);
  const { reports } = await scene.upload(sources, {
    onFile() {
      setTimeout(isTold.resolve, 0);
      return Promise.resolve(false);
    },
  });
  assert.equal(reports.length, 1);
  assert.equal(broken.agains, 2);
});

Deno.test("upload that is interrupted looks first the next time: nobody knows whether a run arrived", async () => {
  await using scene = await Scene.make();
  const run = runFile();
  const { reports } = await scene.upload([run], {
    answers: [INTERRUPTED],
    async onRequest() {
      scene.interrupt(INTERRUPTED);
      await new Promise((resolve) => setTimeout(resolve, 0));
    },
  });
  assert.deepEqual(reports.map(({ outcome }) => outcome), ["waiting"]);
  assert.equal(scene.ledger.find(await keyOf(run))?.isUnknown, true);
});

Deno.test("upload gives a long run more time, and keeps a bounded cause of its refusal", async () => {
  await using scene = await Scene.make();
  const artifact = { text: "x".repeat(640_000) };
  const run = runFile("report", { changes: { artifact } });
  const detail = Array.from({ length: 50 }, (_, index) => ({
    loc: ["body", index],
    msg: "x".repeat(100),
  }));
  const { sent } = await scene.upload([run], {
    answers: [jsonAnswer(422, { detail })],
  });
  assert.ok((sent[0]?.timeoutMilliseconds ?? 0) >= 20_000);
  const cause = scene.ledger.find(await keyOf(run))?.cause ?? "";
  assert.equal(cause.length, 1000);
});

Deno.test("upload of a run that waits counts its requests of before", async () => {
  await using scene = await Scene.make();
  const run = runFile();
  const key = await keyOf(run);
  await scene.ledger.claim(key, ONCE);
  await scene.ledger.settle(key, WAITING);
  const { reports } = await scene.upload([run], { answers: [CREATED] });
  assert.equal(reports[0]?.attempts, 2);
});

Deno.test("upload reports a run that was read when the ledger could not be", async () => {
  await using scene = await Scene.make();
  using database = scene.database();
  const run = runFile("report", {
    onRead: () => database.exec("DROP TABLE reports"),
  });
  const ended: string[] = [];
  const seen = await scene.upload([run], {
    onFile({ name }) {
      ended.push(name);
      return Promise.resolve(true);
    },
  });
  assert.equal(seen.stopped?.code, "store_unwritable");
  assert.deepEqual(told(seen), [["waiting", seen.stopped?.message]]);
  assert.deepEqual(ended, [run.name]);
});

Deno.test("upload sends nothing more once StandCloud has refused the account, one request at a time", async () => {
  await using scene = await Scene.make();
  const other = runText("report", { name: "another" });
  const runs = [runFile(), textFile("/stand/other.json", other)];
  const { requests, reports } = await scene.upload(runs, {
    answers: [answer(403)],
    concurrency: 1,
  });
  assert.equal(requests, 1);
  assert.deepEqual(reports.map(({ outcome }) => outcome), [
    "waiting",
    "waiting",
  ]);
});

Deno.test("upload waits for a program that keeps the ledger locked while a claim is to be freed", async () => {
  await using scene = await Scene.make();
  const run = runFile("report", { changes: NO_SERIAL_NUMBER });
  const other = await scene.otherProcess();
  await other.claim(await keyOf(run), ONCE);
  const seen = await scene.upload([run], {
    answers: [CREATED],
    onSleep(number) {
      if (number > 1) return;
      scene.killSenders();
      scene.lockLedger(3);
    },
  });
  assert.equal(seen.stopped, undefined);
  assert.deepEqual(seen.reports.map(({ outcome }) => outcome), ["uploaded"]);
});
