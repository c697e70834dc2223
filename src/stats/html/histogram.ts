import { type Html, html, nothing } from "../../page/markup.ts";
import { linearScale } from "../../page/scale.ts";
import { countText } from "../../page/sizes.ts";
import type { MeasurementResult } from "../statistics.ts";
import { isDrawn, type Span, spanOf } from "./span.ts";

const BINS = 32;
const SIZE = { width: 160, height: 40 } as const;
const FLOOR = SIZE.height - 2;

export interface Bins {
  readonly counts: readonly number[];
  /** Values left and right of the drawing. */
  readonly below: number;
  readonly above: number;
}

export function binsOf(values: Float64Array, { low, high }: Span): Bins {
  const { at } = linearScale([low, high], 1);
  const counts = new Array<number>(BINS).fill(0);
  let [below, above] = [0, 0];
  for (const value of values) {
    if (value < low) below++;
    else if (value > high) above++;
    else {
      const index = Math.min(BINS - 1, Math.floor(at(value) * BINS));
      counts[index] = (counts[index] ?? 0) + 1;
    }
  }
  return { counts, below, above };
}

/** The values of a measurement as a small histogram between its limits. */
export function histogram(
  result: MeasurementResult,
  values: Float64Array,
): Html {
  const span = spanOf(result, values);
  if (span === undefined) return nothing;
  const bins = binsOf(values, span);
  const most = Math.max(...bins.counts);
  const scale = linearScale([span.low, span.high], 1);
  const at = (value: number) => round(scale.at(value) * SIZE.width);
  const width = SIZE.width / BINS;
  const bars = bins.counts.map((count, index) => {
    // One value in a thousand is still to be seen.
    const height = count === 0
      ? 0
      : Math.max(1.5, count / most * (SIZE.height - 6));
    return height === 0
      ? ""
      : `M${round(index * width)} ${FLOOR}v-${round(height)}h${
        round(width - 0.6)
      }V${FLOOR}Z`;
  }).join("");
  return html`
    <svg
      class="histogram"
      viewBox="0 0 ${SIZE.width} ${SIZE.height}"
      width="${SIZE.width}"
      height="${SIZE.height}"
      role="img"
    >
      <title>${summaryOf(span, bins)}</title>
      ${forbidden(span, at)}<path class="bars" d="${bars}" />${limitLines(
        span,
        at,
      )}<path
        class="beyond"
        d="${beyond(bins)}"
      />
    </svg>
  `;
}

function forbidden(span: Span, at: (value: number) => number): Html {
  const { lower, upper } = span.bounds;
  return html`
    ${isDrawn(lower, span)
      ? html`
        <rect class="forbidden" x="0" y="0" width="${at(
          lower,
        )}" height="${FLOOR}" />
      `
      : nothing}${isDrawn(upper, span)
      ? html`
        <rect
          class="forbidden"
          x="${at(upper)}"
          y="0"
          width="${round(
            SIZE.width - at(upper),
          )}"
          height="${FLOOR}"
        />
      `
      : nothing}
  `;
}

function limitLines(span: Span, at: (value: number) => number): Html {
  const limits = [span.bounds.lower, span.bounds.upper]
    .filter((limit) => isDrawn(limit, span));
  return html`
    <path class="limit" d="${limits.map((limit) => `M${at(limit)} 0V${FLOOR}`)
      .join("")}" /><path
      class="floor"
      d="M0 ${FLOOR}H${SIZE.width}"
    />
  `;
}

/** Arrows at the ends, where values lie beyond the drawing. */
function beyond({ below, above }: Bins): string {
  const { width } = SIZE;
  const left = below === 0 ? "" : "M0 20l7-5v10Z";
  const right = above === 0 ? "" : `M${width} 20l-7-5v10Z`;
  return left + right;
}

function summaryOf(span: Span, { counts, below, above }: Bins): string {
  const n = counts.reduce((sum, count) => sum + count, below + above);
  const { lower, upper } = span.bounds;
  const outOfSight = [
    ...(lower !== null && !isDrawn(lower, span)
      ? ["the lower limit lies further left"]
      : []),
    ...(upper !== null && !isDrawn(upper, span)
      ? ["the upper limit lies further right"]
      : []),
    ...(below + above === 0 ? [] : [
      `${countText(below + above, "lies", "lie")} beyond the drawing`,
    ]),
  ];
  return [`Histogram of ${countText(n, "value", "values")}`, ...outOfSight]
    .join(", ");
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
