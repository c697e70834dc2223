import { join } from "node:path";
import { compileBundle, withBundle } from "../compile/build.ts";
import { fromRoot } from "../compile/paths.ts";
import { TARGETS } from "../compile/targets.ts";
import { programName } from "../release/artifacts.ts";
import { type Row, sizeRow } from "./report.ts";

/** What the program may weigh beside the runtime. */
const PAYLOAD_BUDGET = 1_200_000;

/** A row for each target: our program beside an empty one that was compiled the same way. */
export async function sizeRows(): Promise<Row[]> {
  const baselines = await sizesOf("scripts/bench/empty.ts");
  const subjects = await sizesOf("main.ts");
  return TARGETS.map((target, at) => {
    const pair = {
      baseline: baselines[at] ?? Number.NaN,
      subject: subjects[at] ?? Number.NaN,
    };
    const name = programName("bytes", target).replace(/^standcloud-/, "");
    return sizeRow(name, { pair, budget: PAYLOAD_BUDGET });
  });
}

async function sizesOf(entry: string): Promise<number[]> {
  const folder = await Deno.makeTempDir({ prefix: "standcloud-sizes-" });
  try {
    return await withBundle(fromRoot(entry), {
      use: async (made) => {
        const sizes = [];
        for (const target of TARGETS) {
          const output = join(folder, "program");
          const log = () => {};
          sizes.push(
            (await compileBundle(made, { target, output, log })).bytes,
          );
        }
        return sizes;
      },
    });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
