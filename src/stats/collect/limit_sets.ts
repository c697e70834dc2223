import { Column } from "./column.ts";

/** What a value of a measurement is compared with. Numbers that are missing are NaN. */
export interface LimitSet {
  readonly measurement: number;
  /** The number of its text. */
  readonly operation: number;
  readonly lower: number;
  readonly upper: number;
  /** Of a text: the number of that text, 0 for none. */
  readonly comparison: number;
}

/** Gives each limit set of a measurement a number. Limits may differ for each unit: columns hold them. */
export class LimitSets {
  readonly #measurements = new Column(Uint32Array);
  readonly #operations = new Column(Uint32Array);
  readonly #lowers = new Column(Float64Array);
  readonly #uppers = new Column(Float64Array);
  readonly #comparisons = new Column(Float64Array);
  /** The set of the same hash that came before, plus 1. */
  readonly #before = new Column(Uint32Array);
  readonly #lastOfHash = new Map<number, number>();

  get size(): number {
    return this.#measurements.length;
  }

  idOf(set: LimitSet): number {
    const hash = hashOf(set);
    const last = this.#lastOfHash.get(hash) ?? 0;
    for (let next = last; next !== 0; next = this.#before.at(next - 1)) {
      if (this.#isAt(next - 1, set)) return next - 1;
    }
    this.#measurements.push(set.measurement);
    this.#operations.push(set.operation);
    this.#lowers.push(set.lower);
    this.#uppers.push(set.upper);
    this.#comparisons.push(set.comparison);
    this.#before.push(last);
    this.#lastOfHash.set(hash, this.size);
    return this.size - 1;
  }

  measurementOf(id: number): number {
    return this.#measurements.at(id);
  }

  at(id: number): LimitSet {
    return {
      measurement: this.#measurements.at(id),
      operation: this.#operations.at(id),
      lower: this.#lowers.at(id),
      upper: this.#uppers.at(id),
      comparison: this.#comparisons.at(id),
    };
  }

  #isAt(id: number, set: LimitSet): boolean {
    return this.#measurements.at(id) === set.measurement &&
      this.#operations.at(id) === set.operation &&
      Object.is(this.#lowers.at(id), set.lower) &&
      Object.is(this.#uppers.at(id), set.upper) &&
      Object.is(this.#comparisons.at(id), set.comparison);
  }
}

const doubles = new Float64Array(3);
const words = new Uint32Array(doubles.buffer);

/** 30 bits. */
function hashOf(
  { measurement, operation, lower, upper, comparison }: LimitSet,
): number {
  doubles[0] = lower;
  doubles[1] = upper;
  doubles[2] = comparison;
  let hash = Math.imul(measurement + 1, 0x9e3779b1) ^ operation;
  for (const word of words) {
    hash = Math.imul(hash ^ word, 0x85ebca6b);
    hash ^= hash >>> 15;
  }
  return hash & 0x3fffffff;
}
