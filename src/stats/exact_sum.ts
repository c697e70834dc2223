/**
 * A sum that keeps the digits that each addition rounds away (Neumaier 1974). A plain sum of
 * 100,000 frequencies of 1 MHz loses the tenth digit of their spread.
 */
export class ExactSum {
  #sum = 0;
  #lost = 0;

  add(value: number): void {
    const next = this.#sum + value;
    this.#lost += Math.abs(this.#sum) >= Math.abs(value)
      ? (this.#sum - next) + value
      : (value - next) + this.#sum;
    this.#sum = next;
  }

  get total(): number {
    return this.#sum + this.#lost;
  }
}

const LARGE = 2 ** 500;
const SMALL = 2 ** -500;

/**
 * A power of two that brings values of this size to where their squares and sums fit in a
 * double. Multiplication with it changes no digit. 1 for all usual values.
 */
export function scaleFor(min: number, max: number): number {
  const size = Math.max(Math.abs(min), Math.abs(max));
  if (size > LARGE) return 2 ** -600;
  return size > 0 && size < SMALL ? 2 ** 600 : 1;
}
