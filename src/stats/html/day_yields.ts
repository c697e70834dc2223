import { type Html, html, nothing } from "../../page/markup.ts";
import { plot } from "../../page/plot.ts";
import { linearScale, type Tick } from "../../page/scale.ts";
import { countText } from "../../page/sizes.ts";
import type { YieldEvent } from "../events.ts";
import { percent, percentRange } from "../text/words.ts";
import { isolated } from "./isolated.ts";
import { lowEnd } from "./rate_bar.ts";
import { firstOf, note, type Section } from "./section.ts";
import { isOf, productText } from "./words.ts";

const CHARTS = 8;
const SIZE = { width: 2000, height: 1000 } as const;
/** Of the place that the units have below the yields. */
const UNITS_HEIGHT = 0.22;
const TABLE_DAYS = 62;

interface Day {
  readonly name: string;
  /** Days since 1970. */
  readonly number: number;
  readonly event: YieldEvent;
}

/** First pass yield of each day, above the number of units that it is of. */
export function dayYields(
  products: readonly YieldEvent[],
  days: readonly YieldEvent[],
): Section | undefined {
  const { shown, more } = firstOf(products.filter(({ units }) => units > 0), {
    limit: CHARTS,
    rest: (hidden) =>
      `${hidden} more part numbers and processes are not drawn: --by day lists them.`,
  });
  if (shown.length === 0) return undefined;
  return {
    id: "days",
    title: "Yield of each day",
    short: "Days",
    lead:
      "Line: first pass yield, with 95% intervals. Bars: units. The day of a unit is that of its first test.",
    content: html`
      <div class="pairs">${shown.map((product) =>
        figure(product, daysOf(days.filter(isOf(product))))
      )}</div>${more}
    `,
  };
}

function daysOf(events: readonly YieldEvent[]): Day[] {
  return events.flatMap((event) => {
    const name = event.group ?? "";
    const number = Date.parse(`${name}T00:00:00Z`) / 86_400_000;
    return event.units === 0 || Number.isNaN(number)
      ? []
      : [{ name, number, event }];
  });
}

function figure(
  product: YieldEvent,
  days: readonly Day[],
): Html {
  const summary = summaryOf(days);
  return html`
    <figure class="chart days">
      <figcaption>
        ${isolated(productText(product))}
        <span class="aside">${summary}</span>
      </figcaption>
      ${days.length < 2 ? nothing : html`
        ${drawing(days, summary)}
        <details class="fold">
          <summary>The numbers of each day</summary>
          ${table(days)}
        </details>
      `}
    </figure>
  `;
}

function summaryOf(days: readonly Day[]): string {
  const [first, ...others] = days;
  if (first === undefined) return "No day has a unit.";
  if (others.length === 0) return `${dayWords(first)}, the only day.`;
  const by = (a: Day, b: Day) => (a.event.fpy ?? 0) - (b.event.fpy ?? 0);
  const sorted = days.toSorted(by);
  return `${days.length} days. Lowest: ${dayWords(sorted[0] ?? first)}. ` +
    `Last: ${dayWords(days.at(-1) ?? first)}.`;
}

function dayWords({ name, event: { fpy, units } }: Day): string {
  return `${name} with ${percent(fpy)} of ${countText(units, "unit", "units")}`;
}

function drawing(days: readonly Day[], summary: string): Html {
  const numbers = days.map(({ number }) => number);
  const [first, last] = [Math.min(...numbers), Math.max(...numbers)];
  const room = Math.max(0.6, (last - first) * 0.02);
  const ends = [first - room, last + room] as const;
  const x = linearScale(ends, 1);
  const low = lowEnd(days.map(({ event }) => event.fpy));
  const y = linearScale([low, 1], 4);
  const most = Math.max(...days.map(({ event }) => event.units));
  const at = ({ number }: Day) => Math.round(x.at(number) * SIZE.width);
  const height = (rate: number) =>
    Math.round((1 - share(y.at(rate))) * SIZE.height);
  const width = Math.max(
    4,
    Math.min(60, SIZE.width / (ends[1] - ends[0]) * 0.6),
  );
  const path = (draw: (day: Day) => string) => days.map(draw).join("");
  return plot({
    summary: `First pass yield of each day. ${summary}`,
    x: dateTicks(days, x.at),
    y: [
      ...y.ticks.map(({ at }) => ({
        at: share(at),
        text: `${Math.round((low + at * (1 - low)) * 100)}%`,
      })),
      { at: UNITS_HEIGHT, text: `${most}` },
    ],
    size: SIZE,
    content: html`
      <path class="units" d="${path((day) =>
        `M${at(day) - Math.round(width / 2)} ${SIZE.height}v-${
          Math.round(day.event.units / most * UNITS_HEIGHT * SIZE.height)
        }h${Math.round(width)}V${SIZE.height}Z`
      )}" />
      <path class="whiskers" d="${path((day) =>
        `M${at(day)} ${height(day.event.fpy_high ?? 1)}V${
          height(Math.max(low, day.event.fpy_low ?? 0))
        }`
      )}" />
      <path class="thread" d="M${days.map((day) =>
        `${at(day)} ${height(day.event.fpy ?? 0)}`
      ).join("L")}" />
      <path class="points" d="${path((day) =>
        `M${at(day)} ${height(day.event.fpy ?? 0)}h0`
      )}" />
    `,
  });
}

/** Yields lie above the units, with a little room at the top. */
function share(at: number): number {
  const bottom = UNITS_HEIGHT + 0.1;
  return bottom + at * (0.97 - bottom);
}

/** The first, the last, and as many between as have room. */
export function dateTicks(
  days: readonly Day[],
  at: (number: number) => number,
): Tick[] {
  const count = Math.min(4, days.length);
  const indexes = Array.from(
    { length: count },
    (_, index) => Math.round(index * (days.length - 1) / (count - 1 || 1)),
  );
  return [...new Set(indexes)].flatMap((index) => {
    const day = days[index];
    return day === undefined
      ? []
      : [{ at: at(day.number), text: day.name.slice(5) }];
  });
}

function table(days: readonly Day[]): Html {
  const hidden = days.length - TABLE_DAYS;
  return html`
    <table class="plain">
      <thead>
        <tr>
          <th scope="col">Day</th>
          <th scope="col" class="number">Units</th>
          <th scope="col" class="number">First pass</th>
          <th scope="col" class="number">95%</th>
        </tr>
      </thead>
      <tbody>${days.slice(-TABLE_DAYS).map(({ name, event }) =>
        html`
          <tr>
            <th scope="row">${name}</th>
            <td class="number">${event.units}</td>
            <td class="number">${percent(event.fpy)}</td>
            <td class="number">${percentRange(
              event.fpy_low,
              event.fpy_high,
            )}</td>
          </tr>
        `
      )}</tbody>
    </table>
    ${hidden > 0 ? note(`The ${hidden} days before these: --by day.`) : nothing}
  `;
}
