import { deepStrictEqual as equal, rejects } from "node:assert/strict";
import { merged } from "../../../src/upload/sources/merged.ts";

async function* numbers(...values: number[]): AsyncGenerator<number> {
  for (const value of values) {
    await Promise.resolve();
    yield value;
  }
}

async function* failing(): AsyncGenerator<number> {
  yield await Promise.reject(new Error("away"));
}

/** Gives nothing until it is told to end. */
async function* silent(end: Promise<void>): AsyncGenerator<number> {
  await end;
  yield* [];
}

Deno.test("merged() gives all that its sources give, each in its order, and ends with the last", async () => {
  const all = await Array.fromAsync(merged([numbers(1, 2, 3), numbers(4, 5)]));
  equal(all.toSorted(), [1, 2, 3, 4, 5]);
  equal(all.filter((one) => one < 4), [1, 2, 3]);
  equal(await Array.fromAsync(merged<number>([])), []);
});

Deno.test("merged() does not wait for a source that has nothing, and asks none ahead", async () => {
  const asked: number[] = [];
  const source = async function* () {
    for (let value = 1;; value++) {
      asked.push(value);
      yield await Promise.resolve(value);
    }
  };
  const { promise: end, resolve } = Promise.withResolvers<void>();
  for await (const value of merged([silent(end), source()])) {
    equal(asked.length <= value, true);
    if (value < 3) continue;
    resolve();
    break;
  }
});

Deno.test("merged() throws what a source throws", async () => {
  await rejects(
    () => Array.fromAsync(merged([numbers(1), failing()])),
    /away/,
  );
});

Deno.test("merged() ends although a source gives something while it is being left", async () => {
  const { promise: left, resolve } = Promise.withResolvers<void>();
  const late = async function* () {
    await left;
    yield 2;
  };
  for await (const value of merged([numbers(1), late()])) {
    equal(value, 1);
    setTimeout(resolve);
    break;
  }
});
