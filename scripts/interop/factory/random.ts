/** The same numbers for the same seed, on every system (mulberry32). */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** From 0 on, below 1. */
  share(): number {
    this.#state = (this.#state + 0x6D2B79F5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number from 0 on, below the limit. */
  below(limit: number): number {
    return Math.floor(this.share() * limit);
  }

  one<T>(choices: readonly T[]): T {
    const choice = choices[this.below(choices.length)];
    if (choice === undefined) throw new Error("no choices");
    return choice;
  }

  /** Rounded, as an instrument shows it. */
  normal(mean: number, sigma: number, digits = 5): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.share()));
    const value = mean + sigma * radius * Math.cos(2 * Math.PI * this.share());
    return Number(value.toPrecision(digits));
  }
}
