import {
  deepStrictEqual as equal,
  notDeepStrictEqual,
} from "node:assert/strict";
import type { Fault } from "../../scripts/sandbox/fault_types.ts";
import { FaultQueue } from "../../scripts/sandbox/faults.ts";

const action = { kind: "reset" } as const;
const match = () => true;

/** Which of `count` requests the faults apply to. */
function hits(faults: Fault[], count: number): number[] {
  const queue = new FaultQueue(faults);
  return Array.from({ length: count }, (_, index) => index)
    .filter(() => queue.take("POST", "/x") !== undefined);
}

Deno.test("FaultQueue leaves the first requests alone with `after`", () => {
  equal(hits([{ match, after: 2, times: 3, action }], 10), [2, 3, 4]);
});

Deno.test("FaultQueue counts for `after` only what matches", () => {
  const posts: Fault["match"] = (method) => method === "POST";
  const queue = new FaultQueue([{ match: posts, after: 1, action }]);

  const taken = ["GET", "POST", "GET", "POST"].map((method) =>
    queue.take(method, "/x")
  );

  equal(taken, [undefined, undefined, undefined, action]);
});

Deno.test("FaultQueue makes the same choices for the same seed", () => {
  const fault = { match, probability: 0.3, seed: 7, action };
  const first = hits([{ ...fault }], 1000);

  equal(hits([{ ...fault }], 1000), first);
  notDeepStrictEqual(hits([{ ...fault, seed: 8 }], 1000), first);
  equal(first.length > 250 && first.length < 350, true);
});

Deno.test("FaultQueue goes on to the next fault where the first does not apply", () => {
  const delay = { kind: "delay", milliseconds: 1 } as const;
  const faults: Fault[] = [
    { match, probability: 0, action },
    { match, times: 1, action: delay },
  ];
  const queue = new FaultQueue(faults);

  equal(queue.take("POST", "/x"), delay);
  equal(queue.take("POST", "/x"), undefined);
  equal(faults.length, 1);
});
