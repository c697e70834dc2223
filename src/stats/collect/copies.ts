import { createHash } from "node:crypto";
import { runFacts } from "../../runs/run_key.ts";
import type { Fields } from "../../runs/values.ts";

/** Tells the copies of a run from other runs, by hashes alone. */
export class Copies {
  readonly #runs = new Set<number>();
  readonly #runsOfUnits = new Set<number>();

  /** Whether a run with this key and serial number, or the key alone, was met before. */
  has(run: Fields, serialNumber: string | null): boolean {
    const digest = createHash("sha256").update(runFacts(run)).digest();
    const key = numberOf(digest);
    const unit = createHash("sha256").update(digest)
      .update(JSON.stringify(serialNumber)).digest();
    const keyOfUnit = numberOf(unit);
    if (this.#runsOfUnits.has(keyOfUnit)) return true;
    if (serialNumber === null && this.#runs.has(key)) return true;
    this.#runs.add(key);
    this.#runsOfUnits.add(keyOfUnit);
    return false;
  }
}

/** 53 bits: among a million runs two are mistaken for one with a chance of 1 to 18,000. */
function numberOf(digest: Uint8Array): number {
  const view = new DataView(digest.buffer, digest.byteOffset);
  return (view.getUint32(0) >>> 11) * 2 ** 32 + view.getUint32(4);
}
