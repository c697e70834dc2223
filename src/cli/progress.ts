import type { Clock } from "../system/clock.ts";
import type { Report } from "../upload/report/report.ts";
import type { LiveLine } from "./live_line.ts";
import type { StatusLine } from "./status_line.ts";

/** Often enough to look alive. */
const REDRAW_MILLISECONDS = 100;
const BAR_CHARACTERS = 20;

/**
 * The bar of an upload: how many reports and bytes, how fast, how long it
 * takes, and how many wait. The number of files grows while folders are still
 * looked through; until it is known there is no bar and no time.
 */
export class Progress implements LiveLine {
  readonly #clock: Clock;
  readonly #line: StatusLine;
  readonly #begin: number;
  #drawnAt = -Infinity;
  #done = 0;
  #bytes = 0;
  #waiting = 0;
  #total: number | undefined;
  #pause: string | undefined;

  constructor(clock: Clock, line: StatusLine) {
    this.#clock = clock;
    this.#line = line;
    this.#begin = clock.monotonic();
  }

  get isShown(): boolean {
    return this.#line.isShown;
  }

  /** @param total how many files there are. */
  expect(total: number): void {
    this.#total = total;
  }

  add({ outcome, bytes }: Report): void {
    this.#done++;
    this.#bytes += bytes;
    if (outcome === "waiting") this.#waiting++;
    const now = this.#clock.monotonic();
    if (now - this.#drawnAt < REDRAW_MILLISECONDS) return;
    this.#drawnAt = now;
    this.#draw();
  }

  pause(text: string | undefined): void {
    this.#pause = text;
    this.#draw();
  }

  [Symbol.dispose](): void {
    this.#line.show("");
  }

  #draw(): void {
    this.#line.show(this.#pause ?? this.#text());
  }

  #text(): string {
    const passed = this.#clock.monotonic() - this.#begin;
    const seconds = Math.max(passed / 1000, 0.001);
    const total = this.#total === undefined
      ? undefined
      : Math.max(this.#total, this.#done);
    const rate = this.#done / seconds;
    const left = total === undefined ? undefined : (total - this.#done) / rate;
    return [
      ...(total === undefined ? [] : [bar(this.#done / total)]),
      `${this.#done}${total === undefined ? "" : `/${total}`}`,
      megabytes(this.#bytes),
      `${rate < 10 ? rate.toFixed(1) : Math.round(rate)}/s`,
      ...(left === undefined ? [] : [`${duration(left)} left`]),
      ...(this.#waiting === 0 ? [] : [`${this.#waiting} wait`]),
    ].join("  ");
  }
}

function bar(part: number): string {
  const full = Math.floor(part * BAR_CHARACTERS);
  return `[${"#".repeat(full).padEnd(BAR_CHARACTERS, ".")}]`;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

function duration(seconds: number): string {
  if (seconds < 60) return `${Math.ceil(seconds)} s`;
  if (seconds < 3600) return `${Math.ceil(seconds / 60)} min`;
  return `${Math.ceil(seconds / 3600)} h`;
}
