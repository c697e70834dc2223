import { deepStrictEqual as equal, ok } from "node:assert/strict";
import { compiledBinary } from "../../scripts/compile/compiled_binary.ts";
import { breakThings } from "../../scripts/faults/machine.ts";
import { isBroken } from "../../scripts/faults/promise.ts";

/** `FAULTS=600` for the long run; `deno task faults` shows what each fault did. */
const FAULTS = Number(Deno.env.get("FAULTS") ?? 60);
const SEED = 17;

Deno.test({
  name:
    `${FAULTS} faults of the system lose no run and no login, leave whole files, and are told as what they are`,
  ignore: Deno.build.os !== "linux",
  async fn() {
    const { results } = await breakThings({
      binary: await compiledBinary(),
      faults: FAULTS,
      seed: SEED,
      stands: 2,
    });

    const broken = results.flatMap((result) =>
      result.broken.filter(isBroken).map(({ kind, text }) =>
        `${result.name}: ${kind}: ${text}`
      )
    );
    equal(broken, []);
    ok(results.length >= FAULTS);
    const calls = new Set(results.map(({ fault }) => fault.call));
    const actions = new Set(results.map(({ fault }) => fault.action));
    ok(calls.size >= 12, [...calls].join());
    equal(actions.size, 5);
  },
});
