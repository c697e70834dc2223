import type { Report } from "../upload/report/report.ts";
import type { CommandInput } from "./command_input.ts";
import type { CommonFlags } from "./flags.ts";
import { EqualFindings } from "./equal_findings.ts";
import { reportEvent, reportLines } from "./report_text.ts";
import { type Screen, screenOf } from "./screen.ts";
import { type Times, timesOf } from "./times.ts";

type Input = CommandInput<
  CommonFlags & {
    readonly watch?: boolean;
    readonly ignore?: readonly string[];
  }
>;

const GOOD: readonly Report["outcome"][] = [
  "uploaded",
  "already_uploaded",
  "exported",
];

/** Tells what becomes of each document, and at the end which findings many of them share. */
export class ToldReports {
  readonly #input: Input;
  readonly #screen: Screen;
  readonly #times: Times;
  readonly #equal: EqualFindings | undefined;

  constructor(input: Input) {
    const { system, flags: { json, watch, verbose } } = input;
    this.#input = input;
    this.#screen = screenOf(system);
    this.#times = timesOf(system, "stdout");
    // A watch has no end that anybody waits for.
    const isWhole = json || watch || verbose;
    this.#equal = isWhole ? undefined : new EqualFindings();
  }

  tell(found: Report): void {
    const { output, flags: { ignore = [] } } = this.#input;
    const all = found.issues.filter(({ rule }) => !ignore.includes(rule));
    const issues = this.#equal?.shown(all) ?? all;
    const report = { ...found, issues };
    const isGood = GOOD.includes(report.outcome) && issues.length === 0 &&
      !report.isPossiblyDuplicate;
    const { reason } = report;
    const text = reason && this.#times.inText(reason);
    const lines = reportLines({ ...report, reason: text }, this.#screen);
    output.result(reportEvent(report), lines, isGood);
  }

  /** Call it before the summary. */
  end(): void {
    const lines = this.#equal?.lines() ?? [];
    if (lines.length > 0) this.#input.output.lines(lines);
  }
}
