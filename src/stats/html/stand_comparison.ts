import { sample } from "../../page/marks.ts";
import { type Html, html, nothing } from "../../page/markup.ts";
import type { YieldEvent } from "../events.ts";
import type { MeasurementResult } from "../statistics.ts";
import { percent, percentRange } from "../text/words.ts";
import { isolated } from "./isolated.ts";
import { shortName } from "./measurement_name.ts";
import { lowEnd, rateBar } from "./rate_bar.ts";
import { note, type Section } from "./section.ts";
import { driftSignals, pairText } from "./signals.ts";
import type { StandMarks } from "./stand_marks.ts";
import { isOf, productText, secondsText, standText } from "./words.ts";

const ROWS = 150;
const SIGNALS = 30;

export interface StandOptions {
  readonly products: readonly YieldEvent[];
  readonly stands: readonly YieldEvent[];
  readonly results: readonly MeasurementResult[];
  readonly marks: StandMarks;
  readonly charts: ReadonlyMap<MeasurementResult, string>;
}

/** The yields of each stand, and the measurements in which stands differ or drift. */
export function standComparison(options: StandOptions): Section | undefined {
  const { products, stands, marks } = options;
  if (stands.length === 0) return undefined;
  const shown = stands.slice(0, ROWS);
  const low = lowEnd(shown.map(({ fpy_low }) => fpy_low));
  const groups = products.map((product) => shown.filter(isOf(product)))
    .filter((group) => group.length > 0);
  return {
    id: "stands",
    title: "Stands side by side",
    short: "Stands",
    lead: html`
      First pass yield with its 95% interval, from ${Math.round(
        low * 100,
      )}% to 100%. Intervals
      that overlap widely tell no difference.
    `,
    content: html`
      ${standTable(groups, {
        marks,
        low,
        isSingle: products.length === 1,
      })}${stands.length > ROWS
        ? note(`${stands.length - ROWS} more rows are not shown here.`)
        : nothing} ${signals(options)}
    `,
  };
}

interface TableOptions {
  readonly marks: StandMarks;
  readonly low: number;
  readonly isSingle: boolean;
}

function standTable(
  groups: readonly (readonly YieldEvent[])[],
  options: TableOptions,
): Html {
  return html`
    <div class="card sheet">
      <table class="stands">
        <thead>
          <tr>
            <th scope="col">Stand</th>
            <th scope="col"><span class="hidden">Drawing</span></th>
            <th scope="col" class="number">First pass</th>
            <th scope="col" class="number">95%</th>
            <th scope="col" class="number">Final</th>
            <th scope="col" class="number">Units</th>
            <th scope="col" class="number">Runs</th>
            <th scope="col" class="number">Median time</th>
          </tr>
        </thead>
        ${groups.map((group) =>
          html`
            <tbody>
              ${heading(group, options)}${group.map((one) => row(one, options))}
            </tbody>
          `
        )}
      </table>
    </div>
  `;
}

function heading(
  [first]: readonly YieldEvent[],
  { isSingle }: TableOptions,
): Html {
  return isSingle || first === undefined ? nothing : html`
    <tr class="group">
      <th colspan="8" scope="rowgroup">${isolated(productText(first))}</th>
    </tr>
  `;
}

function row(one: YieldEvent, { marks, low }: TableOptions): Html {
  return html`
    <tr>
      <th scope="row">${sample(marks.of(one.group))}${isolated(standText(
        one.group,
      ))}</th>
      <td class="drawn">${one.units === 0 ? nothing : rateBar(one, low)}</td>
      <td class="number"><b>${percent(one.fpy)}</b></td>
      <td class="number range">${percentRange(one.fpy_low, one.fpy_high)}</td>
      <td class="number final">${percent(one.final_yield)}</td>
      <td class="number units">${one.units}</td>
      <td class="number runs">${one.runs}</td>
      <td class="number time">${secondsText(one.duration.median)}</td>
    </tr>
  `;
}

function signals({ results, charts, products }: StandOptions): Html {
  const withProduct = products.length > 1;
  const link = (result: MeasurementResult) => {
    const { event } = result;
    const text = withProduct
      ? `${shortName(event)} (${productText(event)})`
      : shortName(event);
    const name = html`
      ${isolated(text)}
    `;
    const chart = charts.get(result);
    return chart === undefined ? name : html`
      <a href="#${chart}">${name}</a>
    `;
  };
  const pairs = results.filter(({ event }) => event.worst_pair?.signal)
    .toSorted((a, b) => weight(b) - weight(a))
    .map((result) => [link(result), pairText(result.event) ?? ""] as const);
  const drifts = results.flatMap((result) =>
    driftSignals(result.event).map(({ text }) => [link(result), text] as const)
  );
  return html`
    <div class="pairs">${signalList("Stands that differ", pairs)}${signalList(
      "Drift",
      drifts,
    )}</div>
  `;
}

function weight({ event }: MeasurementResult): number {
  return event.worst_pair?.share_of_tolerance ?? 0;
}

function signalList(
  title: string,
  entries: readonly (readonly [Html, string])[],
): Html {
  if (entries.length === 0) return nothing;
  return html`
    <div class="card">
      <h3>${title}</h3>
      <ul class="signals">${entries.slice(0, SIGNALS).map(([name, text]) =>
        html`
          <li><b>${name}</b>: ${isolated(text)}</li>
        `
      )}</ul>
      ${entries.length > SIGNALS
        ? note(`${entries.length - SIGNALS} more are not shown here.`)
        : nothing}
    </div>
  `;
}
