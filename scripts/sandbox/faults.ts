import type { Fault, FaultAction } from "./fault_types.ts";

/** What a fault has done so far. */
interface Course {
  matched: number;
  applied: number;
  random: () => number;
}

/** Finds the fault for a request and counts its uses; a used-up fault leaves the list. */
export class FaultQueue {
  readonly #faults: Fault[];
  readonly #courses = new WeakMap<Fault, Course>();

  constructor(faults: Fault[]) {
    this.#faults = faults;
  }

  take(method: string, path: string): FaultAction | undefined {
    const fault = this.#faults.find((candidate) =>
      candidate.match(method, path) && this.#applies(candidate)
    );
    if (fault === undefined) return undefined;
    const course = this.#courseOf(fault);
    course.applied++;
    if (course.applied >= (fault.times ?? Infinity)) {
      this.#faults.splice(this.#faults.indexOf(fault), 1);
      this.#courses.delete(fault);
    }
    return fault.action;
  }

  #applies(fault: Fault): boolean {
    const course = this.#courseOf(fault);
    course.matched++;
    if (course.matched <= (fault.after ?? 0)) return false;
    const { probability = 1 } = fault;
    return probability >= 1 || course.random() < probability;
  }

  #courseOf(fault: Fault): Course {
    const known = this.#courses.get(fault);
    if (known !== undefined) return known;
    const random = randomNumbers(fault.seed ?? 1);
    const course = { matched: 0, applied: 0, random };
    this.#courses.set(fault, course);
    return course;
  }
}

/** Numbers from 0 to 1 that are the same for the same seed (the generator "mulberry32"). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
