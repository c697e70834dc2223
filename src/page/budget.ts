/** How much a page may hold, so that a run of any size gives one that opens. */
export class Budget {
  #left: number;

  constructor(size: number) {
    this.#left = size;
  }

  get isSpent(): boolean {
    return this.#left <= 0;
  }

  /** False when it is not to be had any more. */
  take(size: number): boolean {
    if (this.isSpent) return false;
    this.#left -= size;
    return true;
  }
}
