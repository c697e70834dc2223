import { type Html, html, nothing } from "../../page/markup.ts";
import type { MeasurementEvent } from "../events.ts";
import type { MeasurementVerdict } from "../figures.ts";
import type { MeasurementResult } from "../statistics.ts";
import { decimal, indexRange, percent } from "../text/words.ts";
import { histogram } from "./histogram.ts";
import { isolated } from "./isolated.ts";
import { measurementName } from "./measurement_name.ts";
import { note, type Section } from "./section.ts";
import { VERDICTS } from "./verdicts.ts";
import { badOf, weakestFirst, withoutIndex } from "./weakest.ts";
import { limitsText } from "./words.ts";

const ROWS = 100;
const OTHER_ROWS = 30;

export interface CapabilityOptions {
  readonly withProduct: boolean;
  /** Ids of the run charts that are drawn. */
  readonly charts: ReadonlyMap<MeasurementResult, string>;
}

/** All that has an index, weakest first; then what has none, and why. */
export function capabilityTable(
  results: readonly MeasurementResult[],
  options: CapabilityOptions,
): Section | undefined {
  if (results.length === 0) return undefined;
  const ranked = weakestFirst(results);
  return {
    id: "measurements",
    title: "Measurements, weakest first",
    short: "Measurements",
    lead: ranked.length === 0
      ? "No measurement has limits, spread and 25 values: none has an index."
      : "Ppk: distance of the mean to the nearer limit in units of three standard deviations. From 1.33 on capable, below 1.00 not.",
    content: html`
      ${ranked.length === 0
        ? nothing
        : table(ranked.slice(0, ROWS), options)} ${ranked.length > ROWS
        ? note(
          `${ranked.length - ROWS} more measurements, all with a Ppk of ${
            decimal(ranked[ROWS]?.event.ppk ?? null)
          } or more, are not shown here: --json has them.`,
        )
        : nothing} ${others(withoutIndex(results), options)}
    `,
  };
}

function table(
  ranked: readonly MeasurementResult[],
  options: CapabilityOptions,
): Html {
  return html`
    <div class="card sheet">
      <table class="capability">
        <thead>
          <tr>
            <th scope="col">Measurement</th>
            <th scope="col">Limits</th>
            <th scope="col"><span class="hidden">Histogram</span></th>
            <th scope="col" class="number">n</th>
            <th scope="col" class="number">Ppk, 95%</th>
            <th scope="col" class="number">Cpk</th>
            <th scope="col" class="number">Outside</th>
            <th scope="col">Verdict</th>
          </tr>
        </thead>
        <tbody>${ranked.map((result) => row(result, options))}</tbody>
      </table>
    </div>
  `;
}

function row(
  result: MeasurementResult,
  { withProduct, charts }: CapabilityOptions,
): Html {
  const { event } = result;
  const { mark, words, tone } = VERDICTS[event.verdict];
  const chart = charts.get(result);
  return html`
    <tr>
      <th scope="row">${measurementName(event, { withProduct, chart })}</th>
      <td class="limits">${isolated(limitsText(event.limits))}</td>
      <td class="drawn">${histogram(result, result.series().values)}</td>
      <td class="number n">${event.n}</td>
      <td class="number ppk">
        <b>${decimal(event.ppk)}</b> <span class="aside">${indexRange(
          event.ppk_low,
          event.ppk_high,
        )}</span>
      </td>
      <td class="number cpk">${decimal(event.cpk)}</td>
      <td class="number outside">${outsideText(event)}</td>
      <td class="verdict ${tone}">${mark} ${words}</td>
    </tr>
  `;
}

function outsideText({ outside, n }: MeasurementEvent): string {
  return outside === null || outside === 0
    ? "0"
    : `${outside} (${percent(outside / n)})`;
}

function others(
  results: readonly MeasurementResult[],
  { withProduct }: CapabilityOptions,
): Html {
  if (results.length === 0) return nothing;
  const counts = new Map<MeasurementVerdict, number>();
  for (const { event: { verdict } } of results) {
    counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
  }
  const reasons = [...counts].map(([verdict, count]) =>
    `${count} ${VERDICTS[verdict].words}`
  );
  const bad = results.filter(({ event }) => badOf(event) > 0);
  return html`
    ${note(
      `${results.length} without an index: ${reasons.join(", ")}.`,
    )} ${bad.length === 0 ? nothing : otherTable(bad, withProduct)}
  `;
}

function otherTable(
  bad: readonly MeasurementResult[],
  withProduct: boolean,
): Html {
  return html`
    <table class="plain">
      <thead>
        <tr>
          <th scope="col">Without an index</th>
          <th scope="col">Required</th>
          <th scope="col" class="number">n</th>
          <th scope="col" class="number">Not as required</th>
        </tr>
      </thead>
      <tbody>${bad.slice(0, OTHER_ROWS).map(({ event }) =>
        html`
          <tr>
            <th scope="row">${measurementName(event, { withProduct })}</th>
            <td>${isolated(limitsText(event.limits))}</td>
            <td class="number">${event.n}</td>
            <td class="number">${badOf(event)}</td>
          </tr>
        `
      )}</tbody>
    </table>
    ${bad.length > OTHER_ROWS
      ? note(`${bad.length - OTHER_ROWS} more are not shown here.`)
      : nothing}
  `;
}
