import type { Fault, FaultAction } from "./types.ts";

/** Finds the fault for a request and counts its uses; a used-up fault leaves the list. */
export class FaultQueue {
  readonly #faults: Fault[];
  readonly #used = new Map<Fault, number>();

  constructor(faults: Fault[]) {
    this.#faults = faults;
  }

  take(method: string, path: string): FaultAction | undefined {
    const fault = this.#faults.find((candidate) =>
      candidate.match(method, path)
    );
    if (fault === undefined) return undefined;
    const used = (this.#used.get(fault) ?? 0) + 1;
    this.#used.set(fault, used);
    if (used >= (fault.times ?? Infinity)) {
      this.#faults.splice(this.#faults.indexOf(fault), 1);
      this.#used.delete(fault);
    }
    return fault.action;
  }
}
