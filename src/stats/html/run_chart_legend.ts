import { MARKS, sample } from "../../page/marks.ts";
import { type Html, html, nothing } from "../../page/markup.ts";
import { countText } from "../../page/sizes.ts";
import type { MeasurementEvent } from "../events.ts";
import type { MeasurementSeries } from "../statistics.ts";
import { isolated } from "./isolated.ts";
import type { StandMarks } from "./stand_marks.ts";
import { standText, valueText } from "./words.ts";

const BANDS = html`
  <li>
    <svg class="sample" width="18" height="14" aria-hidden="true">
      <rect class="all" width="18" height="14" />
      <rect class="half" y="4" width="18" height="6" />
    </svg>all values, and the middle half
  </li>
`;

/** The stands with their marks and means, and what else the drawing shows. */
export function runChartLegend(
  event: MeasurementEvent,
  { marks, series, isThinned }: {
    marks: StandMarks;
    series: MeasurementSeries;
    isThinned: boolean;
  },
): Html {
  const [only = null] = series.standNames;
  const stands = event.stands ?? [{ stand: only, mean: event.mean ?? NaN }];
  const own = stands.filter(({ stand }) => marks.isOwn(stand));
  const others = series.standNames.filter((name) => !marks.isOwn(name));
  return html`
    <ul class="legend">
      ${own.map(({ stand, mean }) =>
        html`
          <li>${sample(marks.of(stand))}<span>${isolated(standText(
            stand,
          ))}, mean ${valueText(mean, event.stdev)}</span></li>
        `
      )}${others.length === 0 ? nothing : html`
        <li>${sample(MARKS - 1)}${countText(
          others.length,
          "other stand",
          "other stands",
        )}</li>
      `}${isThinned ? BANDS : nothing}${event.outside
        ? html`
          <li>
            <svg class="sample" width="18" height="14" aria-hidden="true">
              <circle class="ring-sample" cx="9" cy="7" r="5.5" />
            </svg>outside
          </li>
        `
        : nothing}
    </ul>
  `;
}
