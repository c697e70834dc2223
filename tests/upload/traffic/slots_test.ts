import assert from "node:assert/strict";
import {
  concurrencyOf,
  type EndedRequest,
} from "../../../src/upload/traffic/concurrency.ts";
import { Slots } from "../../../src/upload/traffic/places.ts";
import { fakeClock } from "../../system/fake_clock.ts";
import { isSettled } from "./is_settled.ts";

const isAnswer = () => false;

Deno.test("Slots lets so many in at once, the others in their order", async () => {
  const slots = new Slots(fakeClock(), concurrencyOf(2));
  const began: number[] = [];
  const gates = Array.from({ length: 5 }, () => Promise.withResolvers<void>());
  const tasks = gates.map(({ promise }, index) =>
    slots.use(async () => {
      began.push(index);
      await promise;
      return index;
    }, isAnswer)
  );
  await isSettled(Promise.all(tasks));
  assert.deepEqual(began, [0, 1]);
  gates[1]?.resolve();
  await tasks[1];
  await isSettled(Promise.all(tasks));
  assert.deepEqual(began, [0, 1, 2]);
  for (const { resolve } of gates) resolve();
  assert.deepEqual(await Promise.all(tasks), [0, 1, 2, 3, 4]);
  assert.deepEqual(began, [0, 1, 2, 3, 4]);
});

Deno.test("Slots gives the slot of a task that fails back", async () => {
  const slots = new Slots(fakeClock(), concurrencyOf(1));
  const failing = slots.use(() => Promise.reject(new Error("no")), isAnswer);
  await assert.rejects(failing, /no/);
  assert.equal(await slots.use(() => Promise.resolve(7), isAnswer), 7);
});

Deno.test("Slots lets more in when the limit has grown, and fewer when it has fallen", async () => {
  const clock = fakeClock();
  const told: EndedRequest[] = [];
  const concurrency = {
    limit: 1,
    ended: (request: EndedRequest) => void told.push(request),
  };
  const slots = new Slots(clock, concurrency);
  let underWay = 0;
  const gates = Array.from({ length: 6 }, () => Promise.withResolvers<void>());
  const tasks = gates.map(({ promise }, index) =>
    slots.use(async () => {
      underWay++;
      await promise;
      underWay--;
      clock.advance(5);
      return index;
    }, (index) => index === 1)
  );
  const end = async (index: number) => {
    gates[index]?.resolve();
    await tasks[index];
    await isSettled(Promise.all(tasks));
    return underWay;
  };

  assert.deepEqual([underWay, slots.waiting], [1, 5]);
  concurrency.limit = 3;
  assert.equal(await end(0), 3);
  concurrency.limit = 1;
  assert.deepEqual([await end(1), await end(2), await end(3)], [2, 1, 1]);
  assert.deepEqual([await end(4), await end(5)], [1, 0]);
  assert.deepEqual(told.slice(0, 2), [
    { startedAt: 0, endedAt: 5, isCrowded: false, isWanted: true },
    { startedAt: 5, endedAt: 10, isCrowded: true, isWanted: true },
  ]);
  assert.equal(told.at(-1)?.isWanted, false);
});
