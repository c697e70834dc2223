import { type Html, html, nothing } from "./markup.ts";

/** A point in the units of a drawing that is stretched: whole numbers. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** How many series have a colour and a mark of their own; the last is for all others. */
export const MARKS = 8;

interface Shape {
  /** Where its path begins and ends, above (negative) or below the point. */
  readonly start: number;
  readonly end: number;
  readonly path: string;
}

/** A line of no length: its round or square ends are the mark, whatever stretches the drawing. */
const END: Shape = { start: 0, end: 0, path: "h0" };
const UP: Shape = { start: -8, end: -8, path: "l6.5 14h-13z" };
const DOWN: Shape = { start: 8, end: 8, path: "l6.5-14h-13z" };
const DIAMOND: Shape = { start: -10, end: -10, path: "l6.5 10-6.5 10-6.5-10z" };
const BAR: Shape = { start: -9, end: 9, path: "v18" };

const SHAPES: readonly Shape[] = [
  END,
  UP,
  END,
  DIAMOND,
  END,
  DOWN,
  END,
  BAR,
];
/** Those whose inside is left free. */
const HOLLOW = [4, 6];

/** All points of a series as one path, or two. */
export function marks(series: number, points: readonly Point[]): Html {
  const path = pathOf(points, SHAPES[series] ?? BAR);
  return html`
    <path class="mark m${series} s${series}" d="${path}" />${HOLLOW.includes(
        series,
      )
      ? html`
        <path class="mark m${series} inside" d="${path}" />
      `
      : nothing}
  `;
}

/** Rings around points: they are drawn first, and the marks upon them. */
export function rings(points: readonly Point[]): Html {
  if (points.length === 0) return nothing;
  const path = pathOf(points, END);
  return html`
    <path class="ring" d="${path}" /><path
      class="ring inside"
      d="${path}"
    />
  `;
}

/** A mark beside a name, for legends and tables. */
export function sample(series: number): Html {
  return html`
    <svg
      class="sample"
      width="18"
      height="14"
      viewBox="0 0 30 28"
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      ${marks(series, [{ x: 15, y: 14 }])}
    </svg>
  `;
}

/** Steps from one point to the next are shorter than places. */
function pathOf(points: readonly Point[], shape: Shape): string {
  let [x, y] = [0, 0];
  return points.map((point) => {
    const right = point.x - x;
    const down = point.y + shape.start - y;
    [x, y] = [point.x, point.y + shape.end];
    return `m${right}${down < 0 ? "" : " "}${down}${shape.path}`;
  }).join("");
}

/** The style of the marks; their colours are those of the series of a chart. */
export const MARK_STYLE = `
.mark { fill: none; vector-effect: non-scaling-stroke; }
.m0, .m4 { stroke-width: 6; stroke-linecap: round; } .m2, .m6 { stroke-width: 5.5; stroke-linecap: square; }
.m4, .m6 { stroke-width: 7; } .m4.inside { stroke-width: 3.6; } .m6.inside { stroke-width: 3; }
.m1, .m3, .m5 { stroke: none; fill: currentColor; } .m7 { stroke-width: 2; }
${
  [1, 3, 5].map((series) => `.m${series} { fill: var(--s${series}); }`).join(
    " ",
  )
}
.ring { fill: none; stroke: var(--bad); stroke-width: 13; stroke-linecap: round; vector-effect: non-scaling-stroke; }
.ring.inside { stroke: var(--card); stroke-width: 9.5; } .mark.inside { stroke: var(--card); }
.sample { vertical-align: -0.1em; margin-right: 0.3rem; overflow: visible; }
`;
