import type { Chart } from "./chart.ts";
import { countText } from "./sizes.ts";
import type { Budget } from "./budget.ts";
import { chartLines, DRAWING, type Line, type Lines } from "./chart_lines.ts";
import { type Html, html, nothing } from "./markup.ts";
import type { Scale } from "./scale.ts";

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
  const drawing = lines.lines.length === 0 ? nothing : plot(chart, lines);
  budget.take(drawing.text.length);
  return figure(
    title,
    html`
      ${drawing}${legend(lines.lines)}${lines.notes.map((note) =>
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

function plot(chart: Chart, { x, y, lines, points }: Lines): Html {
  const summary = `${chart.title || "Chart"}: ${
    countText(lines.length, "series", "series")
  }, ${countText(points, "point", "points")}, ${chart.xLabel || "x"} against ${
    chart.yLabel || "y"
  }`;
  return html`
    <p class="y-label">${label(chart.yLabel, y)}</p>
    <div class="plot">
      <svg class="axes" width="100%" height="100%" role="img">
        <title>${summary}</title>
        ${x.ticks.map((tick) => vertical(percent(tick.at), tick.text))} ${y
          .ticks.map((tick) => horizontal(percent(1 - tick.at), tick.text))}
        <svg
          width="100%"
          height="100%"
          viewBox="0 0 ${DRAWING.width} ${DRAWING.height}"
          preserveAspectRatio="none"
        >
          ${lines.map((line, index) =>
            html`
              <path class="line s${index % STYLES}" d="${line
                .path}" />${line.dots === "" ? nothing : html`
                <path class="dots s${index % STYLES}" d="${line.dots}" />
              `}
            `
          )}
        </svg>
      </svg>
    </div>
    <p class="x-label">${label(chart.xLabel, x)}</p>
  `;
}

function label(text: string, { isLog }: Scale): string {
  if (!isLog) return text;
  return text === "" ? "logarithmic" : `${text} (logarithmic)`;
}

function vertical(at: string, text: string): Html {
  return html`
    <line class="grid" x1="${at}" x2="${at}" y1="0" y2="100%" /><text
      class="tick"
      x="${at}"
      y="100%"
      dy="16"
      text-anchor="middle"
    >
      ${text}
    </text>
  `;
}

function horizontal(at: string, text: string): Html {
  return html`
    <line class="grid" x1="0" x2="100%" y1="${at}" y2="${at}" /><text
      class="tick"
      x="0"
      y="${at}"
      dx="-7"
      dy="4"
      text-anchor="end"
    >
      ${text}
    </text>
  `;
}

function percent(share: number): string {
  return `${Math.round(share * 10000) / 100}%`;
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
