/** Remembers what was said about an object, so that it is said once. */
export class Once {
  readonly #said = new Map<unknown, Set<string>>();

  isNew(about: unknown, word: string): boolean {
    const words = this.#said.get(about) ?? new Set();
    this.#said.set(about, words);
    if (words.has(word)) return false;
    words.add(word);
    return true;
  }
}
