import { Random } from "../interop/factory/random.ts";
import {
  documentOf,
  numeric,
  pythonText,
  type RunFacts,
} from "../interop/factory/run_facts.ts";

const START = Date.UTC(2026, 0, 5, 6) / 1000;
const FOLDER_SIZE = 10_000;

/** Runs of a line of three stands with eight measurements each, every tenth unit tested again. */
export async function writeLineDocuments(
  folder: string,
  count: number,
): Promise<void> {
  const random = new Random(count);
  for (let index = 0; index < count; index++) {
    const inner = `${folder}/${Math.floor(index / FOLDER_SIZE)}`;
    if (index % FOLDER_SIZE === 0) await Deno.mkdir(inner);
    const text = pythonText(documentOf(runOf(random, index)));
    await Deno.writeTextFile(`${inner}/${index}.json`, text);
  }
}

function runOf(random: Random, index: number): RunFacts {
  const fails = index % 10 === 3;
  // The run after a failed one tests the same unit again.
  const unit = index % 10 === 4 ? index - 1 : index;
  return {
    start: START + index * 20,
    status: fails ? "failed" : "passed",
    part: "LD-1",
    serial: `LD${String(unit).padStart(7, "0")}`,
    stand: `line-${index % 3}`,
    hwId: `hw-${index % 3}`,
    timezone: "Europe/Berlin",
    process: { name: "EOL" },
    batch: `B${Math.floor(index / 500)}`,
    operator: `operator ${index % 5}`,
    cause: fails ? "test_3::test_value" : null,
    cases: Array.from({ length: 4 }, (_, place) => ({
      module: `test_${place}`,
      key: "test_value",
      status: fails && place === 3 ? "failed" : "passed",
      message: fails && place === 3
        ? `AssertionError: ${random.normal(9, 1)} V is too much`
        : null,
      measurements: ["U", "I"].map((name) =>
        numeric(name, random.normal(5, 0.1, 7), {
          unit: name === "U" ? "V" : "A",
          operation: "gele",
          lower: 4.5,
          upper: 5.5,
        })
      ),
    })),
  };
}
