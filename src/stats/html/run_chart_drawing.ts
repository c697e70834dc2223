import { MARKS, marks, type Point, rings } from "../../page/marks.ts";
import { type Html, html, nothing } from "../../page/markup.ts";
import { plot, position } from "../../page/plot.ts";
import { linearScale, type Tick } from "../../page/scale.ts";
import type { MeasurementEvent } from "../events.ts";
import type { MeasurementSeries } from "../statistics.ts";
import { utcText } from "../times.ts";
import { type ChartPoints, chartPoints } from "./chart_points.ts";
import { driftRow } from "./drift_rows.ts";
import type { DriftSignal } from "./signals.ts";
import { isDrawn, type Span } from "./span.ts";
import type { StandMarks } from "./stand_marks.ts";
import { bandPath, columnsOf } from "./value_bands.ts";
import { limitText } from "./words.ts";

const SIZE = { width: 1000, height: 440 } as const;
const DATES = 5;

export interface RunChart {
  readonly event: MeasurementEvent;
  readonly series: MeasurementSeries;
  readonly span: Span;
  readonly signals: readonly DriftSignal[];
  readonly marks: StandMarks;
  readonly summary: string;
}

export interface Drawn extends Omit<ChartPoints, "indexes"> {
  readonly drawing: Html;
}

/** The values in the order of their runs, between limits, with the mark of their stand. */
export function runChartDrawing(chart: RunChart): Drawn {
  const { series, span, summary } = chart;
  const x = (index: number) =>
    Math.round((index + 0.5) / series.values.length * SIZE.width);
  const scale = linearScale([span.low, span.high], 5);
  const y = (value: number) =>
    Math.round((1 - Math.min(1, Math.max(0, scale.at(value)))) * SIZE.height);
  const pointOf = (index: number): Point => ({
    x: x(index),
    y: y(series.values[index] ?? 0),
  });
  const markOf = (index: number) =>
    chart.marks.of(series.standNames[series.stands[index] ?? 0] ?? null);
  const { indexes, ...hidden } = chartPoints(series, { markOf, pointOf });
  const outside = indexes.filter((index) => series.outside[index]);
  const byMark = Array.from(
    { length: MARKS },
    (_, mark) => indexes.filter((index) => markOf(index) === mark),
  );
  const drawing = plot({
    summary,
    x: dates(series),
    y: scale.ticks,
    size: SIZE,
    content: html`
      ${hidden.left === 0 ? nothing : bands(series.values, y)}${driftBands(
        chart,
        x,
      )}${forbidden(span, y)}${rings(
        outside.map(pointOf),
      )}${byMark.map((own, mark) =>
        own.length === 0 ? nothing : marks(mark, own.map(pointOf))
      )}${levels(chart, y)}
    `,
    labels: labels(chart, { x, at: scale.at }),
  });
  return { drawing, ...hidden };
}

/** Behind thinned points: where all values lie, and the middle half of them. */
function bands(values: Float64Array, y: (value: number) => number): Html {
  const columns = columnsOf(values);
  const x = (index: number) => Math.round(index / values.length * SIZE.width);
  return html`
    <path class="all" d="${bandPath(columns, {
      x,
      low: ({ min }) => y(min),
      high: ({ max }) => y(max),
    })}" /><path class="half" d="${bandPath(columns, {
      x,
      low: ({ quarter }) => y(quarter),
      high: ({ threeQuarters }) => y(threeQuarters),
    })}" />
  `;
}

function forbidden(
  { bounds: { lower, upper }, ...span }: Span,
  y: (value: number) => number,
): Html {
  const whole = { ...span, bounds: { lower, upper } };
  const rect = (from: number, to: number) =>
    html`
      <rect
        class="forbidden"
        x="0"
        y="${from}"
        width="${SIZE
          .width}"
        height="${to - from}"
      />
    `;
  return html`
    ${isDrawn(upper, whole) ? rect(0, y(upper)) : nothing}${isDrawn(
        lower,
        whole,
      )
      ? rect(y(lower), SIZE.height)
      : nothing}
  `;
}

/** Limits and mean; where a stand has values beyond 3 sigma, those lines too. */
function levels(
  { event, span, signals, marks }: RunChart,
  y: (value: number) => number,
): Html {
  const line = (value: number) => `M0 ${y(value)}H${SIZE.width}`;
  const limits = [span.bounds.lower, span.bounds.upper]
    .filter((limit) => isDrawn(limit, span));
  const sigmas = signals.filter(({ rule }) => rule.rule === "beyond_3_sigma");
  return html`
    <path class="limit" d="${limits.map(line).join("")}" />${isDrawn(
        event.mean,
        span,
      )
      ? html`
        <path class="mean" d="${line(event.mean)}" />
      `
      : nothing}${sigmas.map(({ drift: { stand, centre, sigma } }) =>
        html`
          <path class="sigma s${marks.of(stand)}" d="${[-3, 3]
            .map((k) => centre + k * sigma)
            .filter((value) => isDrawn(value, span)).map(line).join("")}" />
        `
      )}
  `;
}

function driftBands(
  { signals, series, marks }: RunChart,
  x: (index: number) => number,
): Html[] {
  return signals.map((signal) => {
    const row = driftRow(signal, series);
    return row === undefined ? nothing : html`
      <rect
        class="drift s${marks.of(signal.drift.stand)}"
        x="${x(row.from) - 2}"
        y="1"
        width="${x(row.to) - x(row.from) + 4}"
        height="${SIZE.height - 2}"
      />
    `;
  });
}

function labels(
  { event, span, signals, series }: RunChart,
  { x, at }: { x: (index: number) => number; at: (value: number) => number },
): Html {
  const { lower, upper } = span.bounds;
  const level = (value: number | null, name: string, dy: number) =>
    isDrawn(value, span)
      ? html`
        <text
          class="inner"
          x="100%"
          dx="-4"
          y="${position(
            1 - at(value),
          )}"
          dy="${dy}"
          text-anchor="end"
        >
          ${name} ${limitText(value)}
        </text>
      `
      : nothing;
  return html`
    ${level(upper, "upper limit", -5)}${level(
      lower,
      "lower limit",
      14,
    )}${isDrawn(event.mean, span)
      ? html`
        <text class="inner" x="4" y="${position(
          1 - at(event.mean),
        )}" dy="-5">mean</text>
      `
      : nothing}${signals.map((signal, index) => {
        const row = driftRow(signal, series);
        return row === undefined ? nothing : html`
          <text class="inner number" x="${position(
            x(row.from) / SIZE.width,
          )}" y="0" dx="2" dy="12">
            ${index + 1}
          </text>
        `;
      })}
  `;
}

/** Days along the order of the runs; each stands once. */
function dates({ times }: MeasurementSeries): Tick[] {
  const ticks: Tick[] = [];
  for (let step = 0; step < DATES; step++) {
    const index = Math.floor((step + 0.1) / DATES * times.length);
    const text = (utcText(times[index] ?? 0) ?? "").slice(5, 10);
    if (ticks.at(-1)?.text !== text) {
      ticks.push({ at: (index + 0.5) / times.length, text });
    }
  }
  return ticks;
}
