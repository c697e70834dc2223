import { createHash } from "node:crypto";
import { runFacts } from "../../runs/run_key.ts";
import type { Fields } from "../../runs/values.ts";

/** Tells the copies of a run from other runs, by hashes of their run keys. */
export class Copies {
  /** The serial numbers that were met with each hash; null: a run without one. */
  readonly #serials = new Map<number, (string | null)[]>();

  /** Whether a run with this key and serial number, or the key alone, was met before. */
  has(run: Fields, serialNumber: string | null): boolean {
    const hash = hashOf(runFacts(run));
    const met = this.#serials.get(hash);
    if (met === undefined) {
      this.#serials.set(hash, [serialNumber]);
      return false;
    }
    if (serialNumber === null || met.includes(serialNumber)) return true;
    met.push(serialNumber);
    return false;
  }
}

/** 53 bits: among a million runs two are mistaken for one with a chance of 1 to 18,000. */
function hashOf(facts: string): number {
  const digest = createHash("sha256").update(facts).digest();
  const view = new DataView(digest.buffer, digest.byteOffset);
  return (view.getUint32(0) >>> 11) * 2 ** 32 + view.getUint32(4);
}
