import assert from "node:assert/strict";
import { jsonAnswer } from "../system/fake_http_client.ts";
import {
  liveRecord,
  NO_PART_NUMBER,
  oneByOne,
  runFile,
  runText,
  textFile,
} from "./transitions/run_files.ts";
import { keyOf, Scene } from "./transitions/scene.ts";

const CREATED = jsonAnswer(201, { "test_run_id": "run-1" });

/** Somebody writes to it until it is read for the last time. */
const FRESH = 500;
const HOUR = 3_600_000;

Deno.test("upload waits for a history file, since a fuller form may be about to appear", async () => {
  await using scene = await Scene.make();
  let rest = FRESH;
  const { milliseconds, requests } = await scene.upload([
    runFile("history", { rest: () => rest }),
  ], { answers: [CREATED], onSleep: () => void (rest = HOUR) });
  assert.equal(milliseconds, 1500);
  assert.equal(requests, 1);
});

Deno.test("upload waits for the end of a file that is half written, and not for ever", async () => {
  await using scene = await Scene.make();
  const half = textFile("/stand/half.json", "{", { rest: () => FRESH });
  const { reports, milliseconds } = await scene.upload([half]);
  assert.deepEqual(reports.map(({ outcome }) => outcome), ["invalid"]);
  assert.equal(milliseconds, 15 * 1500);
});

Deno.test("upload sends a file that was half written once, however often it was told of", async () => {
  await using scene = await Scene.make();
  const sleeps = Promise.withResolvers<void>();
  const bothSleep = Promise.withResolvers<void>();
  let rest = FRESH;
  const half = () => textFile("/stand/half.json", "{", { rest: () => rest });
  const [first, second] = [half(), half()];
  const seen = await scene.upload(
    oneByOne(first, [sleeps.promise, second]),
    {
      answers: [CREATED],
      async onSleep(number) {
        sleeps.resolve();
        if (number === 1) return await bothSleep.promise;
        bothSleep.resolve();
        rest = HOUR;
        for (const one of [first, second]) one.replace(runText("report"));
      },
    },
  );
  assert.deepEqual(seen.reports.map(({ outcome }) => outcome), ["uploaded"]);
});

Deno.test("upload sends the last state alone of a run that HardPy adds to", async () => {
  await using scene = await Scene.make();
  const sleeps = Promise.withResolvers<void>();
  const bothSleep = Promise.withResolvers<void>();
  let rest = FRESH;
  const changes = { artifact: { label: "added" } };
  const early = liveRecord({ rest: () => rest });
  const late = liveRecord({
    changes,
    rest: () => rest,
  });
  const { reports, sent } = await scene.upload([], {
    live: oneByOne(early, [sleeps.promise, late]),
    answers: [CREATED],
    async onSleep(number) {
      sleeps.resolve();
      if (number === 1) return await bothSleep.promise;
      bothSleep.resolve();
      rest = HOUR;
      early.replace(runText("record", changes));
    },
  });
  assert.deepEqual(reports.map(({ outcome }) => outcome), ["uploaded"]);
  const body = new TextDecoder().decode(sent[0]?.body as Uint8Array);
  assert.match(body, /"added"/);
});

Deno.test("upload sends no state of a run that HardPy adds to, as long as the last one cannot be sent", async () => {
  await using scene = await Scene.make();
  const sleeps = Promise.withResolvers<void>();
  const bothSleep = Promise.withResolvers<void>();
  let rest = FRESH;
  const early = liveRecord({ rest: () => rest });
  const late = liveRecord({
    changes: NO_PART_NUMBER,
    rest: () => rest,
  });
  const { reports, requests } = await scene.upload([], {
    live: oneByOne(early, [sleeps.promise, late]),
    async onSleep(number) {
      sleeps.resolve();
      if (number === 1) return await bothSleep.promise;
      bothSleep.resolve();
      rest = HOUR;
    },
  });
  assert.deepEqual(reports.map(({ outcome }) => outcome), ["invalid"]);
  assert.equal(requests, 0);
  assert.equal(await scene.stateOf(early), "waiting");
});

Deno.test("upload sends a run that the next one replaces before nobody adds to it any more", async () => {
  await using scene = await Scene.make();
  let rest = FRESH;
  const run = liveRecord({ rest: () => rest });
  const { digest } = await keyOf(run);
  const { reports } = await scene.upload([], {
    live: oneByOne(run),
    answers: [CREATED],
    onSleep() {
      rest = HOUR;
      run.replace(runText("record", { name: "the next one" }));
    },
  });
  assert.deepEqual(reports.map((one) => [one.outcome, one.digest]), [
    ["uploaded", digest],
  ]);
});
