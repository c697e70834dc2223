import type { Fault } from "./fault.ts";
import type { Ended } from "./program.ts";
import type { Broken } from "./promise.ts";
import type { Stand } from "./stand.ts";

/** A command under which the machine fails, and what must be so afterwards. */
export interface Scenario {
  readonly name: string;
  /** Makes the stand once; it is put back before each fault. */
  prepare(stand: Stand): Promise<void>;
  /** Done before each fault, for what cannot be put back. */
  begin?(stand: Stand): Promise<void>;
  args(stand: Stand): readonly string[];
  /** Works on without a fault, and gives the promises that the faulty command broke. */
  check(stand: Stand, faulty: Ended, fault: Fault): Promise<Broken[]>;
}
