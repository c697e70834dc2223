import { type Html, html, nothing } from "../../page/markup.ts";
import { countText } from "../../page/sizes.ts";
import { signOf } from "../../page/status.ts";
import { RUN_STATUSES, type YieldEvent } from "../events.ts";
import { percent, percentRange } from "../text/words.ts";
import { isolated } from "./isolated.ts";
import { rateBar } from "./rate_bar.ts";
import { firstOf, type Section } from "./section.ts";
import { daysText, dayText, productText } from "./words.ts";

const TILES = 24;

/** How many runs and units, and the yields of each part number and process. */
export function tiles(yields: readonly YieldEvent[]): Section {
  const largest = yields.toSorted((a, b) => b.runs - a.runs).slice(0, TILES);
  const { more } = firstOf(yields, {
    limit: TILES,
    rest: (hidden) =>
      `${hidden} more part numbers and processes, with fewer runs, are not shown here: --json has them.`,
  });
  return {
    id: "yield",
    title: "Yield",
    content: html`
      <div class="tiles">${yields.filter((one) => largest.includes(one)).map(
        tile,
      )}</div>${more}
    `,
  };
}

function tile(one: YieldEvent): Html {
  const { units } = one;
  return html`
    <div class="tile card">
      <h3>${isolated(productText(one))}</h3>
      <p class="span">${daysText(
        dayText(one.first_time),
        dayText(one.last_time),
      )}</p>
      <dl class="figures">
        <div class="main">
          <dt>First pass yield</dt>
          <dd>
            <b>${percent(one.fpy)}</b>${units === 0 ? nothing : html`
              <span class="aside">95%: ${percentRange(
                one.fpy_low,
                one.fpy_high,
              )}</span>
            `}
          </dd>
        </div>
        <div>
          <dt>Final yield</dt>
          <dd><b>${percent(one.final_yield)}</b></dd>
        </div>
        <div>
          <dt>Units</dt>
          <dd><b>${units}</b></dd>
        </div>
        <div>
          <dt>Runs</dt>
          <dd><b>${one.runs}</b></dd>
        </div>
      </dl>
      ${units === 0 ? nothing : rateBar(one)}
      <p class="statuses">${statuses(one)}</p>
      <p class="aside">${asides(one).join(" · ")}</p>
    </div>
  `;
}

function statuses(one: YieldEvent): Html[] {
  return RUN_STATUSES.filter((status) => one[status] > 0).map((status) => {
    const { mark, word, tone } = signOf(status);
    return html`
      <span class="sign ${tone}">${mark} ${one[status]} ${word
        .toLowerCase()}</span>
    `;
  });
}

function asides(one: YieldEvent): string[] {
  const { attempts_per_unit, retested_units, failed_after_pass } = one;
  const without = one.runs_without_serial_number;
  return [
    ...(attempts_per_unit === null
      ? []
      : [`${attempts_per_unit.toFixed(2)} tests per unit`]),
    ...(retested_units
      ? [`${countText(retested_units, "unit", "units")} tested again`]
      : []),
    ...(failed_after_pass
      ? [`${countText(failed_after_pass, "unit", "units")} failed after a pass`]
      : []),
    ...(without > 0 ? [`${without} runs without a serial number`] : []),
    ...(one.units === 0 && one.run_yield !== null
      ? [`${percent(one.run_yield)} of the runs with a verdict passed`]
      : []),
  ];
}
