import assert from "node:assert/strict";
import { Room, Slots } from "../../src/upload/slots.ts";

/** Whether a promise is settled once everything that is ready has run. */
async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  let settled = false;
  promise.then(() => settled = true, () => settled = true);
  await new Promise((resolve) => setTimeout(resolve, 0));
  return settled;
}

Deno.test("Slots lets so many in at once, the others in their order", async () => {
  const slots = new Slots(2);
  const began: number[] = [];
  const gates = Array.from({ length: 5 }, () => Promise.withResolvers<void>());
  const tasks = gates.map(({ promise }, index) =>
    slots.use(async () => {
      began.push(index);
      await promise;
      return index;
    })
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
  const slots = new Slots(1);
  const failing = slots.use(() => Promise.reject(new Error("no")));
  await assert.rejects(failing, /no/);
  assert.equal(await slots.use(() => Promise.resolve(7)), 7);
});

Deno.test("Room lets so many documents in, the next when one has left", async () => {
  const room = new Room({ documents: 2, bytes: 100 });
  const [first] = [await room.enter(), await room.enter()];
  const third = room.enter();
  const fourth = room.enter();
  assert.equal(await isSettled(third), false);
  first[Symbol.dispose]();
  // A seat is given back once, however often it is disposed of.
  first[Symbol.dispose]();
  assert.equal(await isSettled(third), true);
  assert.equal(await isSettled(fourth), false);
  (await third)[Symbol.dispose]();
  assert.equal(await isSettled(fourth), true);
});

Deno.test("Room lets nobody in beside a large document", async () => {
  const room = new Room({ documents: 10, bytes: 100 });
  const large = await room.enter();
  large.hold(60);
  const small = await room.enter();
  large.hold(40);
  const next = room.enter();
  assert.equal(await isSettled(next), false);
  small[Symbol.dispose]();
  assert.equal(await isSettled(next), false);
  large[Symbol.dispose]();
  assert.equal(await isSettled(next), true);
});
