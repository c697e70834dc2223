import { Budget } from "../../page/budget.ts";
import { type Html, html, nothing } from "../../page/markup.ts";
import { countText } from "../../page/sizes.ts";
import type { MeasurementEvent } from "../events.ts";
import type { MeasurementResult, MeasurementSeries } from "../statistics.ts";
import { decimal, indexRange, percent } from "../text/words.ts";
import { isolated } from "./isolated.ts";
import { measurementName } from "./measurement_name.ts";
import { runChartDrawing } from "./run_chart_drawing.ts";
import { runChartLegend } from "./run_chart_legend.ts";
import { note, type Section } from "./section.ts";
import { driftSignals, pairText } from "./signals.ts";
import { isDrawn, type Span, spanOf } from "./span.ts";
import type { StandMarks } from "./stand_marks.ts";
import { hasSignal, weakestFirst } from "./weakest.ts";
import { limitsText, limitText, valueText } from "./words.ts";

const WEAKEST = 20;
/** Charts are drawn while there is room for so many characters. */
const CHARACTERS = 3_000_000;
const CHARTS = 200;

/** The weakest, and all in which stands differ or drift, with the id of their chart. */
export function chosenCharts(
  results: readonly MeasurementResult[],
): { charts: Map<MeasurementResult, string>; missing: number } {
  const weakest = weakestFirst(results).slice(0, WEAKEST);
  const signals = results.filter(({ event }) => hasSignal(event));
  const wanted = [...new Set([...weakest, ...signals])];
  const charts = new Map(
    wanted.slice(0, CHARTS)
      .map((result, index) => [result, `chart-${index + 1}`]),
  );
  return { charts, missing: wanted.length - charts.size };
}

export interface RunCharts {
  readonly section: Section | undefined;
  /** What the charts do not show, in words. */
  readonly notes: readonly string[];
}

export interface ChartOptions {
  readonly withProduct: boolean;
  readonly marks: StandMarks;
  /** How many more ought to have a chart. */
  readonly missing: number;
}

export function runCharts(
  charts: ReadonlyMap<MeasurementResult, string>,
  options: ChartOptions,
): RunCharts {
  if (charts.size === 0) return { section: undefined, notes: [] };
  const budget = new Budget(CHARACTERS);
  let [points, thinned, missing] = [0, 0, options.missing];
  const figures = [...charts].map(([result, id]) => {
    if (budget.isSpent) {
      missing++;
      return withoutRoom(result, id);
    }
    const { figure, hidden } = chartFigure(result, { ...options, id });
    budget.take(figure.text.length);
    points += hidden;
    if (hidden > 0) thinned++;
    return figure;
  });
  return {
    section: {
      id: "charts",
      title: "Run charts",
      lead:
        `The values in the order of their runs: the ${WEAKEST} weakest measurements, and all in which stands differ or drift.`,
      content: html`
        <div class="pairs">${figures}</div>
      `,
    },
    notes: [
      ...(thinned > 0
        ? [
          `${points} points in ${
            countText(thinned, "chart", "charts")
          }: of many values the lowest and highest are drawn, and all outside.`,
        ]
        : []),
      ...(missing > 0
        ? [`${countText(missing, "run chart", "run charts")}: no room.`]
        : []),
    ],
  };
}

function withoutRoom({ event }: MeasurementResult, id: string): Html {
  return html`
    <figure class="chart" id="${id}">
      <figcaption>${measurementName(event, { withProduct: true })}</figcaption>
      ${note("Not drawn: the charts before it took the room of the page.")}
    </figure>
  `;
}

function chartFigure(
  result: MeasurementResult,
  { id, withProduct, marks }: ChartOptions & { id: string },
): { figure: Html; hidden: number } {
  const { event } = result;
  const series = result.series();
  const span = spanOf(result, series.values);
  const signals = driftSignals(event);
  const { drawing, left, covered } = span === undefined
    ? { drawing: nothing, left: 0, covered: 0 }
    : runChartDrawing({
      event,
      series,
      span,
      signals,
      marks,
      summary: summaryOf(event),
    });
  const pair = pairText(event);
  const figure = html`
    <figure class="chart" id="${id}">
      <figcaption>
        ${measurementName(event, { withProduct })}
        <span class="aside">${summaryOf(event)}</span>
      </figcaption>
      ${drawing}${runChartLegend(event, {
        marks,
        series,
        isThinned: left > 0,
      })} ${signals.length === 0 ? nothing : html`
        <ol class="signals">${signals.map(({ text }) =>
          html`
            <li>${isolated(text)}</li>
          `
        )}</ol>
      `}${pair === undefined ? nothing : note(isolated(pair))}${notesOf({
        series,
        span,
        event,
      }).map(note)}${left + covered === 0 ? nothing : note(
        `${left} of ${event.n} points are not drawn: the lowest and highest are, and all outside${
          covered === 0 ? "" : `, of which ${covered} are covered by others`
        }.`,
      )}
    </figure>
  `;
  return { figure, hidden: left + covered };
}

function summaryOf(event: MeasurementEvent): string {
  const { n, mean, stdev, ppk, ppk_low, ppk_high, outside } = event;
  return [
    countText(n, "value", "values"),
    ...(mean === null ? [] : [`mean ${valueText(mean, stdev)}`]),
    ...(ppk === null ? [] : [
      `Ppk ${decimal(ppk)} (${indexRange(ppk_low, ppk_high)})`,
    ]),
    ...(limitsText(event.limits) === "" ? [] : [
      outside
        ? `${outside} outside the limits (${percent(outside / n)})`
        : "none outside the limits",
    ]),
  ].join(" · ");
}

const BEYOND_SHOWN = 5;

/** What lies beyond the drawing. */
function notesOf(
  { series: { values }, span, event }: {
    series: MeasurementSeries;
    span: Span | undefined;
    event: MeasurementEvent;
  },
): string[] {
  if (span === undefined) return ["There is no value."];
  const { lower, upper } = span.bounds;
  const beyond = values.filter((value) => !isDrawn(value, span));
  const texts = [...beyond.slice(0, BEYOND_SHOWN)].map((value) =>
    valueText(value, event.stdev)
  );
  const far = (limit: number | null, name: string) =>
    limit === null || isDrawn(limit, span) ? [] : [
      `The ${name} limit ${limitText(limit)} lies beyond the drawing.`,
    ];
  return [
    ...far(upper, "upper"),
    ...far(lower, "lower"),
    ...(beyond.length === 0 ? [] : [
      `${
        countText(beyond.length, "value lies", "values lie")
      } beyond the drawing, and ${
        beyond.length === 1 ? "is" : "are"
      } shown at its edge: ${texts.join(", ")}${
        beyond.length > BEYOND_SHOWN ? " and others" : ""
      }.`,
    ]),
  ];
}
