import { RUN_STATUSES, type RunStatus } from "../events.ts";
import { Column } from "./column.ts";
import type { RunFacts } from "./run_facts.ts";
import type { Texts } from "./texts.ts";

const TEXTS = [
  "partNumber",
  "serialNumber",
  "stand",
  "batch",
  "operator",
  "process",
  "timezone",
] as const;

/** What a run is told apart and grouped by. */
export type RunText = typeof TEXTS[number];

/** How many of the statuses are a verdict; these come first. */
const VERDICTS = 3;

/** All runs that are no copies, in the order of reading, in columns of numbers. */
export class RunTable {
  readonly #texts: Texts;
  readonly #starts = new Column(Float64Array);
  readonly #stops = new Column(Float64Array);
  readonly #statuses = new Column(Uint8Array);
  readonly #fits = new Column(Uint8Array);
  readonly #lists = new Column(Uint32Array);
  readonly #columns = Object.fromEntries(
    TEXTS.map((name) => [name, new Column(Uint32Array)]),
  ) as Record<RunText, Column>;
  readonly #sources: string[] = [];

  constructor(texts: Texts) {
    this.#texts = texts;
  }

  get length(): number {
    return this.#statuses.length;
  }

  /**
   * @param facts.list the number of its list of cases; 0 for a run that does not fit.
   * @returns the number of the run.
   */
  add(
    run: RunFacts,
    { source, fits, list }: { source: string; fits: boolean; list: number },
  ): number {
    this.#starts.push(run.start ?? NaN);
    this.#stops.push(run.stop ?? NaN);
    this.#statuses.push(RUN_STATUSES.indexOf(run.status));
    this.#fits.push(fits ? 1 : 0);
    this.#lists.push(list);
    for (const name of TEXTS) {
      this.#columns[name].push(this.#texts.idOf(run[name]));
    }
    this.#sources.push(source);
    return this.length - 1;
  }

  /** In seconds since 1970; NaN when missing. */
  startOf(run: number): number {
    return this.#starts.at(run);
  }

  stopOf(run: number): number {
    return this.#stops.at(run);
  }

  /** The start, else the stop. */
  timeOf(run: number): number {
    const start = this.startOf(run);
    return Number.isNaN(start) ? this.stopOf(run) : start;
  }

  statusOf(run: number): RunStatus {
    return RUN_STATUSES[this.#statuses.at(run)] ?? "error";
  }

  hasVerdict(run: number): boolean {
    return this.#statuses.at(run) < VERDICTS;
  }

  hasPassed(run: number): boolean {
    return this.#statuses.at(run) === 0;
  }

  /** Whether it fits the filters. */
  fits(run: number): boolean {
    return this.#fits.at(run) === 1;
  }

  /** The number of the list of its cases. */
  listOf(run: number): number {
    return this.#lists.at(run);
  }

  idOf(run: number, name: RunText): number {
    return this.#columns[name].at(run);
  }

  textOf(run: number, name: RunText): string | null {
    return this.#texts.textOf(this.idOf(run, name));
  }

  sourceOf(run: number): string {
    return this.#sources[run] ?? "";
  }
}
