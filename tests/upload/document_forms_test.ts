import assert from "node:assert/strict";
import { answer, jsonAnswer } from "../system/fake_http_client.ts";
import { ONCE, UPLOADED } from "./ledger/ledgers.ts";
import {
  liveRecord,
  NO_PART_NUMBER,
  oneByOne,
  runFile,
  runText,
  textFile,
} from "./transitions/run_files.ts";
import { keyOf, Scene, told } from "./transitions/scene.ts";

const CREATED = jsonAnswer(201, { "test_run_id": "run-2" });

Deno.test("upload waits for the fuller form, and for another process, also when it retries nothing", async () => {
  await using scene = await Scene.make();
  scene.wait(100_000);
  const run = runFile();
  const key = await keyOf(run);
  const other = await scene.otherProcess();
  await other.claim(key, ONCE);
  const seen = await scene.upload([run], {
    retryMilliseconds: 0,
    onSleep: () => other.settle(key, UPLOADED),
  });
  assert.equal(told(seen)[0]?.[0], "already_uploaded");

  const isSent = Promise.withResolvers<void>();
  const changes = { name: "another" };
  const forms = await scene.upload(
    [runFile("record", { changes }), runFile("history", { changes })],
    {
      answers: [CREATED],
      retryMilliseconds: 0,
      onFile: () => {
        isSent.resolve();
        return Promise.resolve(true);
      },
      onRequest: () => new Promise((resolve) => setTimeout(resolve, 0)),
      onSleep: () => isSent.promise,
    },
  );
  assert.deepEqual(forms.reports.map(({ outcome }) => outcome), [
    "uploaded",
    "already_uploaded",
  ]);
});

Deno.test("upload sends no history file in the place of a record that a rule holds back", async () => {
  await using scene = await Scene.make();
  const isHeld = Promise.withResolvers<void>();
  const record = runFile("record", { changes: NO_PART_NUMBER });
  const history = runFile("history", { isWatched: true });
  const seen = await scene.upload(oneByOne(record, [isHeld.promise, history]), {
    onFile() {
      isHeld.resolve();
      return Promise.resolve(true);
    },
  });
  assert.equal(seen.requests, 0);
  assert.equal(history.agains, 1);
});

Deno.test("upload sends no history file in the place of a record that pauses", async () => {
  await using scene = await Scene.make();
  const [pauses, isLeft] = [
    Promise.withResolvers<void>(),
    Promise.withResolvers<void>(),
  ];
  const history = { ...runFile("history"), tryAgain: isLeft.resolve };
  const sources = oneByOne(runFile("record"), [pauses.promise, history]);
  const { reports, requests } = await scene.upload(sources, {
    answers: [answer(503), CREATED],
    retryMilliseconds: Infinity,
    onSleep() {
      pauses.resolve();
      return isLeft.promise;
    },
  });
  assert.deepEqual(reports.map(({ outcome }) => outcome), ["uploaded"]);
  assert.equal(requests, 2);
});

Deno.test("upload sends a history file when the record that waited is gone", async () => {
  await using scene = await Scene.make();
  const record = runFile("record");
  const isGone = Promise.withResolvers<void>();
  const sources = oneByOne(record, [isGone.promise, runFile("history")]);
  const { reports } = await scene.upload(sources, {
    answers: [answer(503), CREATED],
    onSleep: () => record.remove(),
    onFile() {
      isGone.resolve();
      return Promise.resolve(true);
    },
  });
  assert.deepEqual(reports.map(({ outcome }) => outcome), [
    "waiting",
    "uploaded",
  ]);
});

Deno.test("upload leaves a record whose later state is in the ledger, before it is sent and after", async () => {
  await using scene = await Scene.make();
  const early = liveRecord();
  const before = await scene.upload([], {
    live: oneByOne(
      Object.assign(early, { count: () => scene.dropEntries() }),
    ),
  });
  assert.deepEqual(before.reports, []);
  assert.equal(before.requests, 0);

  const after = await scene.upload([liveRecord()], {
    answers: [answer(503)],
    onSleep: () => scene.dropEntries(),
  });
  assert.deepEqual(after.reports, []);

  const gone = liveRecord();
  const replaced = await scene.upload([gone], {
    answers: [answer(503)],
    onSleep() {
      gone.remove();
      scene.dropEntries();
    },
  });
  assert.deepEqual(replaced.reports, []);
});

for (const form of ["report", "record"]) {
  Deno.test(`upload sends the ${form}, not the history file, when one file holds both`, async () => {
    await using scene = await Scene.make();
    const text = `${runText("history")}\n${runText(form)}\n`;
    // HardPy's own files come last, and then as they are.
    const isHardpys = form === "record";
    const file = textFile("/stand/forms.jsonl", text);
    const { sent, requests } = await scene.upload([
      Object.assign(file, { isHardpys }),
    ], { answers: [CREATED] });
    assert.equal(requests, 1);
    const body = sent[0]?.body as Uint8Array;
    assert.match(new TextDecoder().decode(body), /"printed"/);
  });
}
