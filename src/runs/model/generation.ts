import {
  elementsOf,
  type Fields,
  fieldsOf,
  isObject,
  valuesOf,
} from "../values.ts";

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
  if (!isObject(value)) return "D";
  const { process, modules, test_stand: stand } = value;
  if (process !== undefined || valuesOf(modules).some(hasGroup)) {
    const id = value["_id"] ?? value["id"];
    return id === "current" && !hasLaterParts(value) ? "C" : "D";
  }
  return has(stand, "number") ? "B" : "A";
}

function hasGroup(module: unknown): boolean {
  return has(module, "group") ||
    valuesOf(fieldsOf(module)["cases"]).some((one) => has(one, "group"));
}

/** Null in an `info`, and numbers of an instrument: both since HardPy 0.16. */
function hasLaterParts({ dut, test_stand: stand, process }: Fields): boolean {
  const subUnits = elementsOf(fieldsOf(dut)["sub_units"]);
  const instruments = elementsOf(fieldsOf(stand)["instruments"]);
  const owners = [dut, stand, process, ...subUnits, ...instruments];
  return owners.some((one) => valuesOf(fieldsOf(one)["info"]).includes(null)) ||
    instruments.some((one) =>
      has(one, "serial_number") || has(one, "part_number")
    );
}

function has(value: unknown, key: string): boolean {
  return Object.hasOwn(fieldsOf(value), key);
}
