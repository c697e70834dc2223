/** Whether no case of a run document was ever begun, nor the run itself. */
export function isNeverBegun(
  { start_time: start, modules }: Readonly<Record<string, unknown>>,
): boolean {
  return (start ?? null) === null &&
    valuesOf(modules).every((module) =>
      valuesOf(Object(module).cases).every(isReady)
    );
}

function isReady(testCase: unknown): boolean {
  const { status, attempt } = Object(testCase);
  return status === "ready" && (attempt ?? 0) === 0;
}

function valuesOf(map: unknown): unknown[] {
  return Object.values(Object(map));
}
