import type { Budget } from "./budget.ts";
import type { Chart } from "./chart.ts";
import { chartLines, DRAWING, type Line, type Lines } from "./chart_lines.ts";
import { type Html, html, nothing } from "./markup.ts";
import { plot } from "./plot.ts";
import type { Scale } from "./scale.ts";
import { countText } from "./sizes.ts";

/** Colours and dashes of the page's style repeat after these. */
const STYLES = 8;
const SERIES_LIMIT = 24;

/** A chart as a figure. Letters keep their size, whatever the width of the page. */
export function chartFigure(chart: Chart, budget: Budget): Html {
  const title = chart.title || "Chart";
  if (budget.isSpent) {
    return figure(
      title,
      html`
        <p class="note">
          Not drawn: the charts of this run are more than a page can hold.
        </p>
      `,
    );
  }
  const lines = chartLines(chart, SERIES_LIMIT);
  if (lines === undefined) return nothing;
  const drawn = lines.lines.length === 0 ? nothing : drawing(chart, lines);
  budget.take(drawn.text.length);
  return figure(
    title,
    html`
      ${drawn}${legend(lines.lines)}${lines.notes.map((note) =>
        html`
          <p class="note">${note}</p>
        `
      )}
    `,
  );
}

function figure(title: string, content: Html): Html {
  return html`
    <figure class="chart"><figcaption>${title}</figcaption>${content}</figure>
  `;
}

function drawing(chart: Chart, { x, y, lines, points }: Lines): Html {
  const summary = `${chart.title || "Chart"}: ${
    countText(lines.length, "series", "series")
  }, ${countText(points, "point", "points")}, ${chart.xLabel || "x"} against ${
    chart.yLabel || "y"
  }`;
  return html`
    <p class="y-label">${label(chart.yLabel, y)}</p>${plot({
      summary,
      x: x.ticks,
      y: y.ticks,
      size: DRAWING,
      content: html`
        ${lines.map((line, index) =>
          html`
            <path class="line s${index % STYLES}" d="${line
              .path}" />${line.dots === "" ? nothing : html`
              <path class="dots s${index % STYLES}" d="${line.dots}" />
            `}
          `
        )}
      `,
    })}
    <p class="x-label">${label(chart.xLabel, x)}</p>
  `;
}

function label(text: string, { isLog }: Scale): string {
  if (!isLog) return text;
  return text === "" ? "logarithmic" : `${text} (logarithmic)`;
}

function legend(lines: readonly Line[]): Html {
  if (lines.length < 2 && lines[0]?.name === "series 1") return nothing;
  return html`
    <ul class="legend">${lines.map(({ name }, index) =>
      html`
        <li>
          <svg width="34" height="10" aria-hidden="true">
            <path class="line s${index % STYLES}" d="M2 5H32" />
          </svg><bdi>${name}</bdi>
        </li>
      `
    )}</ul>
  `;
}
