import assert from "node:assert/strict";
import { Room } from "../../../src/upload/traffic/places.ts";
import { isSettled } from "./is_settled.ts";

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
