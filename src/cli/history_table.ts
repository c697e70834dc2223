import { cut, cutStart, padded, wrap } from "../system/text_width.ts";
import type { Entry } from "../upload/ledger/entry.ts";
import type { StoredIssue } from "../upload/ledger/stored_issues.ts";
import { cleanLine } from "./clean.ts";
import { fixText } from "./fix_text.ts";
import {
  factsOf,
  issuesOf,
  issueText,
  type LineOptions,
  moreText,
  waysOut,
} from "./history_text.ts";
import type { Line } from "./line.ts";
import { SEVERITY_TONES, SIGNS } from "./outcome_text.ts";
import type { Screen } from "./screen.ts";
import type { Times } from "./times.ts";

export interface HistoryTableOptions extends LineOptions {
  readonly screen: Screen;
  readonly times: Times;
  /** The number that StandCloud gave to the run, and the whole path, are shown too. */
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
      cutStart(cleanLine(entry.source), sourceWidth),
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
      `${GAP}${cutStart(cleanLine(entry.source), sourceWidth)}`,
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
    return [
      ...facts.length === 0 ? [] : indented(facts.join(", "), columns),
      ...issuesOf(entry).flatMap((issue) => issueLines(issue, columns)),
      // A command is copied: no line break may be in it.
      ...waysOut(entry),
    ];
  }

  #facts(entry: Entry): string[] {
    const { times, tellsAll } = this.#options;
    const { testRunId, source } = entry;
    const names = tellsAll && testRunId !== null ? [`run ${testRunId}`] : [];
    const facts = factsOf(entry, {
      ...this.#options,
      names,
      timeText: times.of,
      withTimes: times.inText,
    });
    return tellsAll ? [...facts, source] : facts;
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

function issueLines(issue: StoredIssue, columns: number): Line[] {
  const { severity, fix, more } = issue;
  const [first = "", ...rest] = indented(issueText(issue), columns);
  return [
    [
      { text: GAP },
      { text: severity, tone: SEVERITY_TONES[severity] },
      { text: first.slice(GAP.length + severity.length) },
    ],
    ...rest,
    ...indented(`fix: ${fixText(fix)}`, columns, GAP + GAP),
    ...moreText(more),
  ];
}

function indented(text: string, columns: number, margin = GAP): string[] {
  return wrap(cleanLine(text), Math.max(10, columns - margin.length))
    .map((line) => margin + line);
}
