import { relationOf } from "../limits.ts";
import { expression, isOff, type Measurement } from "../measurement.ts";
import { type Html, html, nothing } from "../../../page/markup.ts";

const WIDTH = 140;
const HEIGHT = 18;
/** A value beyond the drawing is shown at its end, as an arrow. */
const EDGE = 5;

/** What a bar shows: bands of good values, and the value; all from 0 to 1. */
interface Bar {
  readonly bands: readonly (readonly [number, number])[];
  readonly value: number;
}

/** A value drawn against its limits; nothing when there is nothing to draw. */
export function limitBar(measurement: Measurement): Html {
  const bar = barOf(measurement);
  if (bar === undefined || !Number.isFinite(bar.value)) return nothing;
  const tone = isOff(measurement) ? "off" : "on";
  const x = EDGE + clamp(bar.value) * (WIDTH - 2 * EDGE);
  const bands = bar.bands.map(([low, high]) => {
    const start = clamp(low) * WIDTH;
    const width = Math.max(2, clamp(high) * WIDTH - start);
    return html`
      <rect
        class="band"
        x="${round(start)}"
        y="4"
        width="${round(width)}"
        height="10"
        rx="1"
      />
    `;
  });
  return html`
    <svg
      class="bar"
      viewBox="0 0 ${WIDTH} ${HEIGHT}"
      width="${WIDTH}"
      height="${HEIGHT}"
      role="img"
    >
      <title>${expression(measurement)}</title>
      <rect
        class="track"
        x="0"
        y="4"
        width="${WIDTH}"
        height="10"
        rx="2"
      />${bands}<path class="value ${tone}" d="${marker(
        bar.value,
        round(x),
      )}" />
    </svg>
  `;
}

function marker(value: number, x: number): string {
  if (value < 0) return `M${x + 5} 3L${x - 4} 9L${x + 5} 15Z`;
  if (value > 1) return `M${x - 5} 3L${x + 4} 9L${x - 5} 15Z`;
  return `M${x - 4} 0h8l-3 5v8l3 5h-8l3-5v-8Z`;
}

function clamp(value: number): number {
  return Math.min(1, Math.max(0, value));
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function barOf(measurement: Measurement): Bar | undefined {
  const relation = relationOf(measurement.operation);
  const value = Number(measurement.value);
  if (relation === undefined || !Number.isFinite(value)) return undefined;
  if (relation.kind === "one") {
    const limit = Number(measurement.comparison ?? NaN);
    return Number.isFinite(limit)
      ? oneSided(relation.sign, value, limit)
      : undefined;
  }
  const low = Number(measurement.lower ?? NaN);
  const high = Number(measurement.upper ?? NaN);
  if (!Number.isFinite(high - low) || low > high) return undefined;
  if (low === high) return oneSided("=", value, low);
  const at = (one: number) => 0.22 + 0.56 * ((one - low) / (high - low));
  return {
    value: at(value),
    bands: relation.kind === "inside"
      ? [[at(low), at(high)]]
      : [[0, at(low)], [at(high), 1]],
  };
}

const BANDS: Record<string, (limit: number) => Bar["bands"]> = {
  "<": (limit) => [[0, limit]],
  "≤": (limit) => [[0, limit]],
  ">": (limit) => [[limit, 1]],
  "≥": (limit) => [[limit, 1]],
  "=": (limit) => [[limit - 0.01, limit + 0.01]],
  "≠": (limit) => [[0, limit - 0.02], [limit + 0.02, 1]],
};

function oneSided(sign: string, value: number, limit: number): Bar {
  const at = place(sign, value, limit);
  return { value: at(value), bands: BANDS[sign]?.(at(limit)) ?? [] };
}

/** Where numbers lie: from zero where that makes sense, else with the limit in the middle. */
function place(
  sign: string,
  value: number,
  limit: number,
): (one: number) => number {
  const isUpper = sign === "<" || sign === "≤";
  const isLower = sign === ">" || sign === "≥";
  if (limit > 0 && value >= 0 && isUpper) return (one) => one / limit * 0.75;
  if (limit > 0 && value >= 0 && isLower && value <= 4 * limit) {
    return (one) => one / limit * 0.25;
  }
  const room = Math.max(
    Math.abs(value - limit) * 1.25,
    Math.abs(limit) * 0.05,
    Number.MIN_VALUE,
  );
  return (one) => 0.5 + (one - limit) / room * 0.5;
}
