import { type Fields, fieldsOf, valuesOf } from "./values.ts";

/** Whether no case of a run document was ever begun, nor the run itself. */
export function isNeverBegun(
  { start_time: start, modules }: Fields,
): boolean {
  return (start ?? null) === null &&
    valuesOf(modules).every((module) =>
      valuesOf(fieldsOf(module)["cases"]).every(isReady)
    );
}

function isReady(testCase: unknown): boolean {
  const { status, attempt } = fieldsOf(testCase);
  return status === "ready" && (attempt ?? 0) === 0;
}
