import { type Html, html, nothing } from "./markup.ts";
import type { Tick } from "./scale.ts";

export interface Plot {
  /** The drawing in one sentence, for readers who do not see it. */
  readonly summary: string;
  readonly x: readonly Tick[];
  readonly y: readonly Tick[];
  /** The units that `content` is drawn in; it is stretched to whatever place there is. */
  readonly size: { readonly width: number; readonly height: number };
  readonly content: Html;
  /** Drawn below the content, so that no point hides behind a word. */
  readonly labels?: Html;
}

/** A drawing with its axes. Letters and lines keep their size, whatever the width of the page. */
export function plot(
  { summary, x, y, size, content, labels = nothing }: Plot,
): Html {
  return html`
    <div class="plot">
      <svg class="axes" width="100%" height="100%" role="img">
        <title>${summary}</title>
        ${x.map((tick) => vertical(position(tick.at), tick.text))} ${y.map((
          tick,
        ) => horizontal(position(1 - tick.at), tick.text))} ${labels}<svg
          width="100%"
          height="100%"
          viewBox="0 0 ${size.width} ${size.height}"
          preserveAspectRatio="none"
        >
          ${content}
        </svg>
      </svg>
    </div>
  `;
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

/** A share of the place, as an attribute of a drawing takes it. */
export function position(share: number): string {
  return `${Math.round(share * 10000) / 100}%`;
}
