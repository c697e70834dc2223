import type { AppError } from "../system/app_error.ts";
import type { Terminal } from "../system/terminal.ts";
import { cleanLine } from "./clean.ts";

export interface OutputMode {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
}

/** One object of the `--json` stream. */
export type Event = Readonly<Record<string, unknown>> & {
  readonly event: string;
};

/**
 * Where commands say things. Results go to stdout, as text or as one JSON
 * object per line; everything else goes to stderr.
 */
export class Output {
  readonly #terminal: Terminal;
  readonly #mode: OutputMode;

  constructor(terminal: Terminal, mode: OutputMode) {
    this.#terminal = terminal;
    this.#mode = mode;
  }

  /** The same result in both forms. `quiet` drops the text of good news. */
  result(event: Event, lines: readonly string[], isGood = true): void {
    if (this.#mode.json) {
      this.#terminal.writeStdout(`${JSON.stringify(event)}\n`);
    } else if (!(isGood && this.#mode.quiet)) {
      this.#terminal.writeStdout(joined(lines));
    }
  }

  /** A result whose text its command has laid out, cleaned and perhaps coloured. */
  laidOut(text: string): void {
    if (!this.#mode.quiet) this.#terminal.writeStdout(text);
  }

  /** One object of the `--json` stream that its command has written. */
  line(json: string): void {
    this.#terminal.writeStdout(`${json}\n`);
  }

  /** What a person must see to go on, also with `quiet`. */
  prompt(event: Event, lines: readonly string[]): void {
    if (this.#mode.json) {
      this.#terminal.writeStdout(`${JSON.stringify(event)}\n`);
    } else {
      this.#terminal.writeStderr(joined(lines));
    }
  }

  note(line: string): void {
    if (!this.#mode.quiet) this.#terminal.writeStderr(joined([line]));
  }

  detail(line: string): void {
    if (this.#mode.verbose) this.#terminal.writeStderr(joined([line]));
  }

  error(error: AppError): void {
    const { code, message, hints, exitCode } = error;
    if (this.#mode.json) {
      const hint = hints.length === 0 ? null : hints.join("; ");
      const event = { event: "error", code, message, hint };
      this.#terminal.writeStdout(
        `${JSON.stringify({ ...event, "exit_code": exitCode })}\n`,
      );
      return;
    }
    this.#terminal.writeStderr(
      joined([`error: ${message}`, ...hints.map((hint) => `hint: ${hint}`)]),
    );
  }
}

function joined(lines: readonly string[]): string {
  return lines.map((line) => `${cleanLine(line)}\n`).join("");
}
