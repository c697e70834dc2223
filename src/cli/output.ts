import type { AppError } from "../system/app_error.ts";
import type { Terminal } from "../system/terminal.ts";
import {
  cleanJson,
  cleanLine,
  cleanText,
  shortLine,
  withoutPasswords,
} from "./clean.ts";
import { coloured } from "../inspect/show/text/paint.ts";
import type { Event } from "./events/event.ts";
import { type Line, piecesOf } from "./line.ts";
import { StatusLine } from "./status_line.ts";

export interface OutputMode {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
  /** Words of stdout may be coloured. */
  readonly colours?: boolean;
  /** The words `error:`, `warning:`, `hint:` and `note:` of stderr may be coloured. */
  readonly stderrColours?: boolean;
}

/** How the program speaks before it knows how it should. */
export const PLAIN: OutputMode = { json: false, quiet: false, verbose: false };

/**
 * Where commands say things. Results go to stdout, as text or as one JSON
 * object per line; everything else goes to stderr. Nothing here throws: what
 * happens when stdout takes nothing more is decided by `failed` and `end()`.
 */
export class Output {
  readonly #terminal: Terminal;
  readonly #mode: OutputMode;
  readonly #failure = new AbortController();
  /** Below all that is printed, on a terminal. */
  readonly status: StatusLine;
  #fault: AppError | undefined;

  constructor(terminal: Terminal, mode: OutputMode) {
    this.#terminal = terminal;
    this.#mode = mode;
    const isShown = !mode.json && !mode.quiet;
    this.status = new StatusLine(terminal, { isShown });
  }

  /** Aborted when stdout has failed, with the `AppError` to end with. */
  get failed(): AbortSignal {
    return this.#failure.signal;
  }

  /** The same result in both forms. `quiet` drops the text of good news. */
  result(event: Event, lines: readonly Line[], isGood = true): void {
    if (this.#mode.json) this.#event(event);
    else if (!(isGood && this.#mode.quiet)) this.lines(lines);
  }

  /** Text alone, for a terminal or a log. */
  lines(lines: readonly Line[]): void {
    const { colours = false } = this.#mode;
    this.#print(joined(lines.map((line) => painted(line, colours))));
  }

  /** What was asked for, as its command has laid it out, cleaned and perhaps coloured it; also with `quiet`. */
  laidOut(text: string): void {
    this.#print(text);
  }

  /** One object of the `--json` stream that its command has written. */
  line(json: string): void {
    // One text is made of it, not two: it may hold a whole document.
    this.#print(cleanJson(`${json}\n`));
  }

  /** What a person must see to go on, whole, also with `quiet`. */
  prompt(event: Event, lines: readonly string[]): void {
    if (this.#mode.json) this.#event(event);
    else this.#tell(joined(lines.map(cleanLine)));
  }

  /** How the work goes: an event, or a line that `quiet` drops. */
  notice(event: Event, line: string): void {
    if (this.#mode.json) this.#event(event);
    else this.note(line);
  }

  /** What a person may want to know and a script does not. */
  aside(text: string): void {
    if (!this.#mode.json) this.note(`note: ${text}`);
  }

  note(line: string): void {
    if (!this.#mode.quiet) this.#say([line]);
  }

  /** Something that a person should know, and that ends nothing. */
  warn(message: string): void {
    this.#say([`warning: ${message}`]);
  }

  detail(line: string): void {
    if (this.#mode.verbose) this.#say([line]);
  }

  error(error: AppError): void {
    // `end()` says it.
    if (error === this.failed.reason) return;
    const { code, hints, exitCode, detail } = error;
    if (detail !== undefined) this.detail(`The service says: ${detail}`);
    if (!this.#mode.json) return this.#complain(error);
    const message = withoutPasswords(error.message);
    const hint = hints.length === 0 ? null : withoutPasswords(hints.join("; "));
    this.#event({ event: "error", code, message, hint, "exit_code": exitCode });
  }

  /** An error after which the command goes on, and does not end as if all were well. */
  fault(error: AppError): void {
    this.#fault ??= error;
    this.error(error);
  }

  /** The exit code to end with; where stdout has failed, says so on stderr. */
  end(exitCode: number): number {
    if (!this.failed.aborted) return exitCode || (this.#fault?.exitCode ?? 0);
    const error: AppError = this.failed.reason;
    this.#complain(error);
    return error.exitCode;
  }

  #event(event: Event): void {
    this.line(JSON.stringify(event));
  }

  #print(text: string): void {
    if (this.failed.aborted) return;
    try {
      this.status.above(() => this.#terminal.writeStdout(text));
    } catch (error) {
      this.#failure.abort(error);
    }
  }

  #tell(text: string): void {
    this.status.above(() => this.#terminal.writeStderr(text));
  }

  #complain({ message, hints }: AppError): void {
    this.#say([`error: ${message}`, ...hints.map((hint) => `hint: ${hint}`)]);
  }

  #say(lines: readonly string[]): void {
    const { stderrColours = false } = this.#mode;
    const clean = lines.map(shown);
    this.#tell(joined(stderrColours ? clean.map(withColouredWord) : clean));
  }
}

const WORD_TONES = new Map<string, Parameters<typeof coloured>[0]>([
  ["error:", "bad"],
  ["warning:", "warn"],
  ["hint:", "strong"],
  ["note:", "quiet"],
]);

/** The first word of a line of stderr says how grave the line is. */
function withColouredWord(line: string): string {
  const [word = ""] = line.split(" ", 1);
  const tone = WORD_TONES.get(word);
  return tone === undefined
    ? line
    : coloured(tone, word) + line.slice(word.length);
}

/** Colours come last: the words themselves cannot steer the terminal. */
function painted(line: Line, hasColours: boolean): string {
  const pieces = piecesOf(line);
  if (!hasColours) return shown(pieces.map(({ text }) => text).join(""));
  return pieces.map(({ text, tone }) => {
    const clean = shortLine(cleanText(withoutPasswords(text)));
    return tone === undefined ? clean : coloured(tone, clean);
  }).join("").trimEnd();
}

function shown(line: string): string {
  return shortLine(cleanLine(withoutPasswords(line)));
}

function joined(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join("");
}
