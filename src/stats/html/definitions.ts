import { html } from "../../page/markup.ts";
import type { Sample } from "../events.ts";
import type { Section } from "./section.ts";

const YIELD = [
  [
    "Unit",
    "A serial number of a part number in a process. Its attempts are its runs that passed, failed or ended with an error.",
  ],
  ["First pass yield", "Units whose first attempt passed, of all units."],
  ["Final yield", "Units whose last attempt passed, of all units."],
  [
    "95%",
    "The interval in which the true value lies with a confidence of 95%: Wilson's for yields, Bissell's for Ppk.",
  ],
  [
    "Failures",
    "Of each failed run the case that caused it, else the first that failed. “First pass” counts units that it cost their first pass.",
  ],
] as const;

const SAMPLES: Readonly<Record<Sample, string>> = {
  "first_attempts":
    "The values of each unit's first attempt: each unit counts once.",
  "all_attempts":
    "The values of all attempts, so a unit may count more than once.",
};

const MEASUREMENTS = [
  [
    "Ppk",
    "Distance of the mean to the nearer limit in units of three standard deviations. The verdict: capable from 1.33, marginal from 1.00.",
  ],
  [
    "Cpk",
    "The same with the spread from one value to the next at one stand. Far above Ppk: stands differ, or the value drifts.",
  ],
  ["Outside", "Values that break their own limits, whatever the run says."],
  [
    "Drift",
    "Values of a stand beyond 3 sigma, eight in a row on one side of the mean, or six in a row going up or down; told when an accident is less likely than 1 in 1000.",
  ],
  [
    "Stands that differ",
    "The means differ by 4 standard errors or more, and so do the medians. It does not say which stand is right.",
  ],
] as const;

/** What the numbers mean, in a few words. */
export function definitions(sample: Sample): Section {
  const entries = [...YIELD, ["n", SAMPLES[sample]], ...MEASUREMENTS] as const;
  return {
    id: "definitions",
    title: "Definitions",
    lead: html`
      <code>standcloud stats --explain NAME</code> says how each number is computed.
    `,
    content: html`
      <dl class="definitions">${entries.map(([name, text]) =>
        html`
          <div>
            <dt>${name}</dt>
            <dd>${text}</dd>
          </div>
        `
      )}</dl>
    `,
  };
}
