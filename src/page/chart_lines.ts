import { type Chart, extent, type Series } from "./chart.ts";
import { decimate } from "./decimate.ts";
import { linearScale, logScale, type Scale, widened } from "./scale.ts";

/** The drawing's own units; it is stretched to whatever place there is. */
export const DRAWING = { width: 2000, height: 1000 } as const;

const COLUMNS = 700;
/** So few points are shown as dots. */
const DOTS = 40;
const TICKS = { x: 6, y: 6 } as const;

/** One series, ready to be drawn. */
export interface Line {
  readonly name: string;
  readonly path: string;
  /** Empty when there are too many points to tell apart. */
  readonly dots: string;
}

export interface Lines {
  readonly x: Scale;
  readonly y: Scale;
  readonly lines: readonly Line[];
  /** What is not to be seen, in words. */
  readonly notes: readonly string[];
  readonly points: number;
}

/** @param limit on how many series are drawn. */
export function chartLines(chart: Chart, limit: number): Lines | undefined {
  const series = [...take(chart.series(), limit)].map((one) =>
    drawable(one, chart)
  );
  const x = range(series.map((one) => extent(one.x)));
  const y = range(series.map((one) => extent(one.y)));
  const notes = notesOf(chart, series, limit);
  if (x === undefined || y === undefined) {
    return { ...EMPTY, notes: [...notes, "There is nothing to draw."] };
  }
  const scales = {
    x: scale(x, { isLog: chart.isLogX, count: TICKS.x, share: 0.01 }),
    y: scale(y, { isLog: chart.isLogY, count: TICKS.y, share: 0.06 }),
  };
  return {
    ...scales,
    lines: series.map((one) => lineOf(one, scales)),
    notes,
    points: series.reduce((sum, one) => sum + one.x.length, 0),
  };
}

const EMPTY: Lines = {
  x: linearScale([0, 1], TICKS.x),
  y: linearScale([0, 1], TICKS.y),
  lines: [],
  notes: [],
  points: 0,
};

interface Drawable extends Series {
  /** Points that are not drawn: no number, or not above zero on a log axis. */
  readonly missing: number;
  readonly notPositive: number;
}

/** Makes every point that cannot be drawn NaN in both directions, and counts them. */
function drawable(series: Series, chart: Chart): Drawable {
  let missing = 0;
  let notPositive = 0;
  const { x, y } = series;
  for (let index = 0; index < x.length; index++) {
    const [at, height] = [x[index] ?? NaN, y[index] ?? NaN];
    if (Number.isNaN(at) || Number.isNaN(height)) missing++;
    else if ((chart.isLogX && at <= 0) || (chart.isLogY && height <= 0)) {
      notPositive++;
    } else continue;
    x[index] = y[index] = NaN;
  }
  return { ...series, missing, notPositive };
}

function range(
  extents: readonly (readonly [number, number] | undefined)[],
): [number, number] | undefined {
  const known = extents.filter((one) => one !== undefined);
  return known.length === 0 ? undefined : [
    Math.min(...known.map(([low]) => low)),
    Math.max(...known.map(([, high]) => high)),
  ];
}

function scale(
  ends: [number, number],
  { isLog, count, share }: { isLog: boolean; count: number; share: number },
): Scale {
  const wide = widened(ends, { isLog, share });
  return isLog ? logScale(wide, count) : linearScale(wide, count);
}

function lineOf(
  { name, x, y }: Series,
  scales: { x: Scale; y: Scale },
): Line {
  const atX = (index: number) => scales.x.at(x[index] ?? NaN);
  const atY = (index: number) => scales.y.at(y[index] ?? NaN);
  const kept = decimate(x.length, { columns: COLUMNS, x: atX, y: atY });
  const points = kept.map((index) =>
    index === undefined
      ? undefined
      : `${Math.round(atX(index) * DRAWING.width)} ${
        Math.round((1 - atY(index)) * DRAWING.height)
      }`
  );
  return {
    name,
    path: points.map((point, index) => {
      if (point === undefined) return "";
      if (points[index - 1] !== undefined) return `L${point}`;
      // A point on its own is a line of no length, which has round ends.
      return points[index + 1] === undefined ? `M${point}h0` : `M${point}`;
    }).join(""),
    dots: points.length > DOTS
      ? ""
      : points.map((point) => point === undefined ? "" : `M${point}h0`).join(
        "",
      ),
  };
}

function notesOf(
  chart: Chart,
  series: readonly Drawable[],
  limit: number,
): string[] {
  const more = chart.seriesCount - limit;
  const missing = series.reduce((sum, one) => sum + one.missing, 0);
  const notPositive = series.reduce((sum, one) => sum + one.notPositive, 0);
  const unequal = series.filter(({ lengths: [x, y] }) => x !== y).map((
    { name, lengths: [x, y] },
  ) =>
    `${name} has ${x} x values and ${y} y values: only the first ${
      Math.min(x, y)
    } are drawn.`
  );
  return [
    ...unequal.slice(0, 4),
    ...(missing === 0 ? [] : [`${missing} points are not numbers.`]),
    ...(notPositive === 0 ? [] : [
      `${notPositive} points are not above zero and have no place on a logarithmic axis.`,
    ]),
    ...(more > 0 ? [`${more} more series are not drawn.`] : []),
  ];
}

function* take<T>(items: Iterable<T>, count: number): Iterable<T> {
  let left = count;
  for (const item of items) {
    if (left-- <= 0) return;
    yield item;
  }
}
