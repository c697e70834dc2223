import { type Html, html, nothing } from "../../page/markup.ts";
import type { MeasurementEvent } from "../events.ts";
import { isolated } from "./isolated.ts";
import { dayText, productText } from "./words.ts";

/** Name, unit and where the measurement stands; the name leads to its chart. */
export function measurementName(
  event: MeasurementEvent,
  { withProduct, chart }: { withProduct: boolean; chart?: string | undefined },
): Html {
  const { unit, limit_set, limit_sets, last_time } = event;
  const name = html`
    ${isolated(shortName(event))}
  `;
  const used = last_time === null ? "" : `, last used ${dayText(last_time)}`;
  const set = limit_sets > 1
    ? ` · limits ${limit_set} of ${limit_sets}${used}`
    : "";
  return html`
    ${chart === undefined ? name : html`
      <a href="#${chart}">${name}</a>
    `}${unit === null ? nothing : html`
      <span class="unit">${isolated(unit)}</span>
    `}<span class="where">${isolated(whereText(event, {
      withProduct,
    }))}${set}</span>
  `;
}

/** Name and index; a measurement without a name is called after its case. */
export function shortName(
  { name, index, case: key }: MeasurementEvent,
): string {
  return `${name ?? key}${index > 1 ? ` #${index}` : ""}`;
}

export function whereText(
  event: MeasurementEvent,
  { withProduct }: { withProduct: boolean },
): string {
  const place = `${event.module}::${event.case}`;
  return withProduct ? `${productText(event)} · ${place}` : place;
}
