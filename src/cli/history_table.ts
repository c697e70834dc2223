import { ageText } from "../inspect/age.ts";
import { cut, padded, widthOf, wrap } from "../system/text_width.ts";
import { type Entry, isDone } from "../upload/ledger/entry.ts";
import type { StoredIssue } from "../upload/ledger/stored_issues.ts";
import { cleanLine } from "./clean.ts";
import { fixText } from "./fix_text.ts";
import type { Line } from "./line.ts";
import { SEVERITY_TONES, SIGNS } from "./outcome_text.ts";
import { fillingLine, isFillable } from "./report_text.ts";
import type { Screen } from "./screen.ts";
import type { Times } from "./times.ts";

export interface HistoryTableOptions {
  readonly screen: Screen;
  readonly times: Times;
  readonly now: Date;
  /** Also say which StandCloud it is about. */
  readonly tellsAddress: boolean;
  /** Also say where the run is at StandCloud, and the whole path. */
  readonly tellsAll: boolean;
}

/** The words of the states, and a mark before them. */
const STATE_WIDTH = 12;
const MINUTES = "2026-03-01 12:00".length;
const SERIAL_WIDTH = 14;
const DIGEST_WIDTH = 12;
const GAP = "  ";
/** All columns but the last one, and the gaps behind them. */
const FIXED_WIDTH = STATE_WIDTH + MINUTES + SERIAL_WIDTH + DIGEST_WIDTH +
  4 * GAP.length;
/** A narrower column tells nothing of a path. */
const LEAST_SOURCE_WIDTH = 12;

/** The history on a terminal: a row for each run, and below it what a person has to know. */
export class HistoryTable {
  readonly #options: HistoryTableOptions;
  #hasHeadings = false;

  constructor(options: HistoryTableOptions) {
    this.#options = options;
  }

  /** The lines of a run; those of the first run come below the headings. */
  lines(entry: Entry): Line[] {
    const { columns } = this.#options.screen;
    const isWide = columns >= FIXED_WIDTH + LEAST_SOURCE_WIDTH;
    const headings = isWide && !this.#hasHeadings ? [HEADINGS] : [];
    this.#hasHeadings = true;
    const row = isWide
      ? [this.#wideRow(entry, columns - FIXED_WIDTH)]
      : this.#narrowRows(entry, columns);
    return [...headings, ...row, ...this.#details(entry)];
  }

  #wideRow(entry: Entry, sourceWidth: number): Line {
    const rest = [
      this.#time(entry),
      padded(cut(serialOf(entry), SERIAL_WIDTH), SERIAL_WIDTH),
      entry.digest.slice(0, DIGEST_WIDTH),
      ending(cleanLine(entry.source), sourceWidth),
    ];
    return [this.#state(entry), { text: GAP + rest.join(GAP) }];
  }

  /** Three lines, where there is no room for one. */
  #narrowRows(entry: Entry, columns: number): Line[] {
    const serialWidth = Math.max(6, columns - STATE_WIDTH - GAP.length);
    const sourceWidth = Math.max(6, columns - GAP.length);
    const digest = entry.digest.slice(0, DIGEST_WIDTH);
    return [
      [this.#state(entry), { text: GAP + cut(serialOf(entry), serialWidth) }],
      `${GAP}${this.#time(entry)}${GAP}${digest}`,
      `${GAP}${ending(cleanLine(entry.source), sourceWidth)}`,
    ];
  }

  #state({ state }: Entry) {
    const { mark, tone } = SIGNS[state];
    const { hasMarks } = this.#options.screen;
    const text = hasMarks ? `${mark} ${state}` : state;
    return { text: text.padEnd(STATE_WIDTH), tone };
  }

  #time({ updatedAt }: Entry): string {
    return this.#options.times.full(updatedAt).slice(0, MINUTES);
  }

  #details(entry: Entry): Line[] {
    const { columns } = this.#options.screen;
    const facts = this.#facts(entry);
    const issues = entry.state === "superseded" ? [] : entry.issues;
    return [
      ...facts.length === 0 ? [] : indented(facts.join(", "), columns),
      ...issues.flatMap((issue) => issueLines(issue, columns)),
      ...entry.state === "held" && issues.some(isFillable)
        // A command is copied: no line break may be in it.
        ? [fillingLine(entry.source)]
        : [],
    ];
  }

  #facts(entry: Entry): string[] {
    const { now, times, tellsAddress, tellsAll } = this.#options;
    const { state, address, source, cause, createdAt, nextTryAt } = entry;
    const { testRunId, isPossiblyDuplicate } = entry;
    return [
      ...(tellsAddress ? [address] : []),
      ...(tellsAll && testRunId !== null ? [`run ${testRunId}`] : []),
      ...(isPossiblyDuplicate ? ["may be at StandCloud twice"] : []),
      ...(state === "waiting" ? [`for ${ageText(createdAt, now)}`] : []),
      ...(nextTryAt === null ? [] : [`not before ${times.of(nextTryAt)}`]),
      ...(isDone(entry) || cause === null ? [] : [times.inText(cause)]),
      ...(tellsAll ? [source] : []),
    ];
  }
}

const HEADINGS = [
  "STATE".padEnd(STATE_WIDTH),
  "TIME".padEnd(MINUTES),
  "SERIAL NUMBER".padEnd(SERIAL_WIDTH),
  "DIGEST".padEnd(DIGEST_WIDTH),
  "SOURCE",
].join(GAP);

function serialOf({ serialNumber }: Entry): string {
  return serialNumber === null ? "–" : cleanLine(serialNumber);
}

function issueLines(
  { severity, rule, path, message, fix, more }: StoredIssue,
  columns: number,
): Line[] {
  const pointer = path === "" ? "" : ` ${path}`;
  const text = `${severity}: ${message} [${rule}${pointer}]`;
  const [first = "", ...rest] = indented(text, columns);
  return [
    [
      { text: GAP },
      { text: severity, tone: SEVERITY_TONES[severity] },
      { text: first.slice(GAP.length + severity.length) },
    ],
    ...rest,
    ...indented(`fix: ${fixText(fix)}`, columns, GAP + GAP),
    ...more === undefined ? [] : [`${GAP}… and ${more} more`],
  ];
}

function indented(text: string, columns: number, margin = GAP): string[] {
  return wrap(cleanLine(text), Math.max(10, columns - margin.length))
    .map((line) => margin + line);
}

/** The end of a path is the part that tells files apart. */
function ending(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  const letters = [...text].slice(-(width - 1));
  while (widthOf(letters.join("")) > width - 1) letters.shift();
  return `…${letters.join("")}`;
}
