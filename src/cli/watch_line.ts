import type { Clock } from "../system/clock.ts";
import type { Outcome, Report } from "../upload/report/report.ts";
import type { LiveLine } from "./live_line.ts";
import type { StatusLine } from "./status_line.ts";
import type { Times } from "./times.ts";

const REDRAW_MILLISECONDS = 1000;

export interface WatchLineOptions {
  readonly clock: Clock;
  readonly times: Times;
  /** As they were typed. */
  readonly folders: readonly string[];
  /** How many reports wait. */
  waiting(): number;
}

/** What is watched, and what came of it since the start. */
export class WatchLine implements LiveLine {
  readonly #line: StatusLine;
  readonly #options: WatchLineOptions;
  readonly #counts = new Map<Outcome, number>();
  readonly #end = new AbortController();
  #lastUpload: Date | undefined;
  #pause: string | undefined;

  constructor(line: StatusLine, options: WatchLineOptions) {
    this.#line = line;
    this.#options = options;
    if (!line.isShown) return;
    this.#redraw().catch(() => {
      // The ledger cannot be read. The upload itself meets that too, and says so.
    });
  }

  get isShown(): boolean {
    return this.#line.isShown;
  }

  add({ outcome }: Report): void {
    this.#counts.set(outcome, this.#count(outcome) + 1);
    if (outcome === "uploaded") this.#lastUpload = this.#options.clock.now();
  }

  pause(text: string | undefined): void {
    this.#pause = text;
    if (this.isShown) this.#draw();
  }

  async #redraw(): Promise<void> {
    const { signal } = this.#end;
    while (!signal.aborted) {
      this.#draw();
      await this.#options.clock.sleep(REDRAW_MILLISECONDS, signal);
    }
  }

  #draw(): void {
    this.#line.show(this.#pause ?? this.#text());
  }

  #text(): string {
    const { folders, times, waiting } = this.#options;
    const [held, refused] = [this.#count("invalid"), this.#count("rejected")];
    const last = this.#lastUpload;
    const facts = [
      `${this.#count("uploaded")} uploaded`,
      `${waiting()} waiting`,
      `${held} held`,
      ...(refused === 0 ? [] : [`${refused} refused`]),
      ...(last === undefined ? [] : [`last upload ${times.of(last)}`]),
    ];
    return `watching ${folders.join(", ")}: ${facts.join(", ")}`;
  }

  #count(outcome: Outcome): number {
    return this.#counts.get(outcome) ?? 0;
  }

  [Symbol.dispose](): void {
    this.#end.abort();
    this.#line.show("");
  }
}
