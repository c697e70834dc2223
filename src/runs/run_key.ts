import { createHash } from "node:crypto";
import { elementsOf, type Fields, fieldsOf } from "./values.ts";

/**
 * What is the same in all stored forms of one run. HardPy's post-run functions
 * and the filling of names cannot change it: the test plan's name, the start,
 * the stand's hardware id, and the ids, times, statuses, attempts and measured
 * values of all cases. The serial number is not part of it, since a post-run
 * function may set it.
 *
 * @returns 64 hex digits; undefined for a run without a start, which nothing
 * tells from another one.
 */
export function runKeyOf(
  run: Fields,
): string | undefined {
  if (typeof numberOf(run["start_time"]) !== "number") return undefined;
  return createHash("sha256").update(runFacts(run)).digest("hex");
}

/** What the run key is made of, also of a run without a start. */
export function runFacts(run: Fields): string {
  const start = numberOf(run["start_time"]);
  const hardwareId = fieldsOf(run["test_stand"])["hw_id"] ?? null;
  const cases: unknown[] = [];
  for (const [module, value] of Object.entries(fieldsOf(run["modules"]))) {
    const inner = Object.entries(fieldsOf(fieldsOf(value)["cases"]));
    for (const [name, one] of inner) {
      cases.push([module, name, ...factsOfCase(fieldsOf(one))]);
    }
  }
  return JSON.stringify([run["name"], start, hardwareId, cases]);
}

function factsOfCase(testCase: Fields): unknown[] {
  const { status, attempt, measurements } = testCase;
  return [
    status,
    numberOf(testCase["start_time"]),
    numberOf(testCase["stop_time"]),
    numberOf(attempt ?? 0),
    elementsOf(measurements).map((one) => numberOf(fieldsOf(one)["value"])),
  ];
}

/** HardPy's model turns a number that is written as a text into a number. */
function numberOf(value: unknown): unknown {
  const number = typeof value === "string" && value.trim() !== ""
    ? Number(value)
    : value;
  return Number.isNaN(number) ? value : number ?? null;
}
