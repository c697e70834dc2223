import type { Terminal } from "../system/terminal.ts";
import { cleanLine } from "./clean.ts";

const ERASE = "\r\x1b[K";

/**
 * A line at the bottom of the terminal that is drawn again and again, below
 * everything else that is printed. Where stderr is no terminal, or one
 * that cannot draw a line again, there is none.
 */
export class StatusLine {
  readonly #terminal: Terminal;
  readonly #isShown: boolean;
  #text = "";

  constructor(terminal: Terminal, { isShown }: { isShown: boolean }) {
    this.#terminal = terminal;
    this.#isShown = isShown && terminal.stderrIsTerminal &&
      terminal.knowsCodes;
  }

  /** @param text is cleaned of what steers the terminal, and cut where the terminal is too narrow; empty takes the line away. */
  show(text: string): void {
    const line = cleanLine(text);
    if (!this.#isShown || line === this.#text) return;
    // A second row would stay when the line is erased.
    this.#text = line.slice(0, (this.#terminal.columns || Infinity) - 1);
    this.#draw();
  }

  get isShown(): boolean {
    return this.#isShown;
  }

  /** Prints something above it. */
  above(print: () => void): void {
    if (this.#text === "") return print();
    this.#terminal.writeStderr(ERASE);
    print();
    this.#draw();
  }

  #draw(): void {
    this.#terminal.writeStderr(ERASE + this.#text);
  }
}
