/** A change that is not done with. */
export interface Mark {
  readonly sequence: string;
  isDone: boolean;
}

/** Up to which change all those before it are done with, in whatever order they end. */
export class SequenceMarks {
  /** Undefined as long as the first one is not done with. */
  reached: string | undefined;
  #marks: Mark[] = [];
  readonly #open = new Map<string, Mark>();

  /** A change that has to be dealt with; it takes the place of an earlier one of the same document. */
  begin(id: string, sequence: string): Mark {
    const earlier = this.#open.get(id);
    const mark = { sequence, isDone: false };
    this.#marks.push(mark);
    this.#open.set(id, mark);
    if (earlier !== undefined) this.end(id, earlier);
    return mark;
  }

  end(id: string, mark: Mark): void {
    mark.isDone = true;
    if (this.#open.get(id) === mark) this.#open.delete(id);
    while (this.#marks[0]?.isDone) {
      this.reached = this.#marks.shift()?.sequence;
    }
  }

  /** A change that is of no interest. */
  pass(sequence: string): void {
    const last = this.#marks.at(-1);
    if (last === undefined) this.reached = sequence;
    else if (!last.isDone) this.#marks.push({ sequence, isDone: true });
    else this.#marks[this.#marks.length - 1] = { sequence, isDone: true };
  }

  get isIdle(): boolean {
    return this.#marks.length === 0;
  }
}
