import { type Html, html } from "../../page/markup.ts";
import { position } from "../../page/plot.ts";
import type { YieldEvent } from "../events.ts";
import { percent, percentRange } from "../text/words.ts";

/**
 * A first pass yield as a point with its interval. Several below each other
 * have one scale, from `low` to 100%.
 */
export function rateBar(
  { fpy, fpy_low: from, fpy_high: to }: Pick<
    YieldEvent,
    "fpy" | "fpy_low" | "fpy_high"
  >,
  low = 0,
): Html {
  const at = (rate: number | null) =>
    position(Math.max(0, ((rate ?? 0) - low) / (1 - low)));
  return html`
    <svg class="rate" width="100%" height="14" role="img">
      <title>
        First pass yield ${percent(fpy)}, 95%: ${percentRange(
          from,
          to,
        )}; the bar begins at
        ${percent(low)}
      </title>
      <line class="rail" x1="0" x2="100%" y1="7" y2="7" />
      <line class="interval" x1="${at(from)}" x2="${at(
        to,
      )}" y1="7" y2="7" />
      <circle class="point" cx="${at(fpy)}" cy="7" r="4" />
    </svg>
  `;
}

/** Where a common scale begins, so that the lowest interval fits: a multiple of 10%. */
export function lowEnd(rates: readonly (number | null)[]): number {
  const lowest = Math.min(1, ...rates.map((rate) => rate ?? 1));
  return Math.max(0, Math.min(0.9, Math.floor(lowest * 10) / 10));
}
