import { type Html, html, nothing } from "../../page/markup.ts";
import { pageFile } from "../../page/page_file.ts";
import { countText } from "../../page/sizes.ts";
import type { Statistics } from "../statistics.ts";
import { capabilityTable } from "./capability_table.ts";
import { dayYields } from "./day_yields.ts";
import { definitions } from "./definitions.ts";
import { isolated } from "./isolated.ts";
import { leftOut } from "./left_out.ts";
import { paretos } from "./pareto.ts";
import { chosenCharts, runCharts } from "./run_charts.ts";
import { LAST_RUNS, runTable } from "./run_table.ts";
import { type Section, sectionHtml } from "./section.ts";
import { standComparison } from "./stand_comparison.ts";
import { StandMarks } from "./stand_marks.ts";
import { STATISTICS_STYLE } from "./statistics_style.ts";
import { tiles } from "./tiles.ts";
import { unitTable } from "./unit_table.ts";
import { newestLimits } from "./weakest.ts";
import { daysText } from "./words.ts";

/** What many runs say, as one page. */
export async function statisticsPage(statistics: Statistics): Promise<string> {
  const { stats } = statistics;
  const parts = stats.runs === 0 ? empty(statistics) : sections(statistics);
  const span = daysText(statistics.firstDay, statistics.lastDay);
  return await pageFile({
    title: countText(stats.runs, "run", "runs") + (span && `, ${span}`),
    style: STATISTICS_STYLE,
    content: html`
      ${heading(statistics)}${navigation(parts)}${parts.map(sectionHtml)}
    `,
  });
}

function heading({ stats, filters, firstDay, lastDay }: Statistics): Html {
  const { units } = stats;
  return html`
    <header class="top">
      <h1>${countText(stats.runs, "run", "runs")}${units === 0
        ? ""
        : ` of ${countText(units, "unit", "units")}`}</h1>
      <p class="lead">${[
        ...(stats.stands > 0
          ? [countText(stats.stands, "stand", "stands")]
          : []),
        ...(stats.part_numbers > 1
          ? [`${stats.part_numbers} part numbers`]
          : []),
        ...(stats.processes > 1 ? [`${stats.processes} processes`] : []),
        daysText(firstDay, lastDay),
      ].filter((text) => text !== "").join(" · ")}</p>
      ${filters.length === 0 ? nothing : html`
        <p class="filters">Only ${filters.map((filter) =>
          html`
            <code>${isolated(filter)}</code>
          `
        )}</p>
      `}
    </header>
  `;
}

function navigation(parts: readonly Section[]): Html {
  return html`
    <nav aria-label="Sections"><ul>${parts.map(({ id, title, short }) =>
      html`
        <li><a href="#${id}">${short ?? title}</a></li>
      `
    )}</ul></nav>
  `;
}

/** In the order in which a production meeting asks. */
function sections(statistics: Statistics): Section[] {
  const { yields, failures, units, stats } = statistics;
  const measurements = newestLimits(statistics.measurements);
  const products = yields.filter(({ by }) => by === null);
  const stands = statistics.yieldsBy("stand");
  const withProduct = products.length > 1;
  const marks = new StandMarks(stands);
  const { charts, missing } = chosenCharts(measurements);
  const drawn = runCharts(charts, { withProduct, marks, missing });
  const runs = statistics.lastRuns(LAST_RUNS);
  return [
    tiles(products),
    dayYields(products, statistics.yieldsBy("day")),
    paretos(products, failures),
    capabilityTable(measurements, { withProduct, charts }),
    standComparison({ products, stands, results: measurements, marks, charts }),
    drawn.section,
    unitTable(units, { withProduct }),
    runTable(runs, { withProduct, total: stats.runs }),
    leftOut(statistics, [
      ...olderLimits(statistics.measurements.length - measurements.length),
      ...drawn.notes,
    ]),
    definitions(stats.sample),
  ].filter((part) => part !== undefined);
}

function olderLimits(count: number): string[] {
  return count === 0 ? [] : [
    `${countText(count, "measurement", "measurements")} under older limits.`,
  ];
}

function empty(statistics: Statistics): Section[] {
  const { stats, filteredBy } = statistics;
  const why = stats.left_out.filtered === 0
    ? "No document is a run that counts."
    : "No run fits the filters.";
  return [
    {
      id: "empty",
      title: "No runs",
      lead: why,
      content: html`
        <ul class="warnings">${filteredBy.map(({ filter, runs }) =>
          html`
            <li><code>${isolated(filter)}</code> leaves out ${countText(
              runs,
              "run",
              "runs",
            )}</li>
          `
        )}</ul>
      `,
    },
    leftOut(statistics, []),
    definitions(stats.sample),
  ];
}
