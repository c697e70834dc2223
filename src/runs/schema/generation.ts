/**
 * The shapes that a run document had so far, by the HardPy versions that write
 * them: A 0.10-0.11, B 0.12-0.14, C 0.15, D 0.16-0.22 (0.23 and later send the
 * same shape).
 */
export type Generation = "A" | "B" | "C" | "D";

/**
 * Tells the generation by shape, since no document names its version:
 * `process` or a `group` came with C, `test_stand.number` with B. C and D
 * differ in what they allow only, so a document counts as C when it bears the
 * id that HardPy gave until 0.15 and nothing that came later.
 */
export function generationOf(value: unknown): Generation {
  if (!isRecord(value)) return "D";
  if (Object.hasOwn(value, "process") || hasGroup(value["modules"])) {
    const id = value["_id"] ?? value["id"];
    return id === "current" && !hasLaterParts(value) ? "C" : "D";
  }
  const stand = value["test_stand"];
  return isRecord(stand) && Object.hasOwn(stand, "number") ? "B" : "A";
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function hasGroup(modules: unknown): boolean {
  return valuesOf(modules).some((module) =>
    isRecord(module) &&
    (Object.hasOwn(module, "group") ||
      valuesOf(module["cases"]).some((testCase) =>
        isRecord(testCase) && Object.hasOwn(testCase, "group")
      ))
  );
}

/** Null in an `info`, and numbers of an instrument: both since HardPy 0.16. */
function hasLaterParts(document: Record<string, unknown>): boolean {
  const instruments = listOf(document, "test_stand", "instruments");
  const owners = [
    document["dut"],
    document["test_stand"],
    document["process"],
    ...listOf(document, "dut", "sub_units"),
    ...instruments,
  ];
  return owners.some((owner) =>
    isRecord(owner) && valuesOf(owner["info"]).includes(null)
  ) || instruments.some((instrument) =>
    isRecord(instrument) &&
    (Object.hasOwn(instrument, "serial_number") ||
      Object.hasOwn(instrument, "part_number"))
  );
}

function listOf(
  document: Record<string, unknown>,
  part: string,
  key: string,
): readonly unknown[] {
  const owner = document[part];
  const list = isRecord(owner) ? owner[key] : undefined;
  return Array.isArray(list) ? list : [];
}

function valuesOf(value: unknown): unknown[] {
  return isRecord(value) ? Object.values(value) : [];
}
