import { type Html, html, nothing } from "../../page/markup.ts";
import { position } from "../../page/plot.ts";
import { countText } from "../../page/sizes.ts";
import type { FailureEvent, YieldEvent } from "../events.ts";
import { percent } from "../text/words.ts";
import { isolated } from "./isolated.ts";
import { note, type Section } from "./section.ts";
import { isOf, productText } from "./words.ts";

const CHARTS = 8;
const CAUSES = 12;
const CODES = 8;

/** What fails most, for each part number and process. */
export function paretos(
  products: readonly YieldEvent[],
  failures: readonly FailureEvent[],
): Section {
  const failing = products.map((product) => ({
    product,
    failures: failures.filter(isOf(product)),
  })).filter(({ failures }) => failures.length > 0);
  const shown = failing.slice(0, CHARTS);
  return {
    id: "failures",
    title: "Failures",
    lead: shown.length === 0
      ? "No run failed."
      : "Of the failed runs: the case that failed first. Bars: share of the failed runs. The line adds them up.",
    content: html`
      ${shown.map(({ product, failures }) =>
        figure(product, failures)
      )} ${failing.length > CHARTS
        ? note(
          `${
            failing.length - CHARTS
          } more part numbers and processes are not drawn: --json has them.`,
        )
        : nothing}
    `,
  };
}

function figure(
  product: YieldEvent,
  failures: readonly FailureEvent[],
): Html {
  const cases = failures.filter(({ by }) => by === "case");
  const messages = failures.filter(({ by }) => by === "message");
  const shown = cases.slice(0, CAUSES);
  const failed = product.failed + product.error;
  return html`
    <figure class="chart">
      <figcaption>
        ${isolated(productText(product))}
        <span class="aside">${failed} failed of ${product.runs} runs</span>
      </figcaption>
      <table class="pareto">
        <thead>
          <tr>
            <th scope="col">Case</th>
            <th scope="col">
              <span class="hidden">Share and cumulative share</span>
            </th>
            <th scope="col" class="number">Runs</th>
            <th scope="col" class="number">Share</th>
            <th scope="col" class="number">Sum</th>
            <th scope="col" class="number">First pass</th>
          </tr>
        </thead>
        <tbody>${shown.map((one, index) =>
          row(one, {
            before: shown[index - 1],
            after: shown[index + 1],
            message: messages.find(isSameCase(one))?.message ?? null,
          })
        )}</tbody>
      </table>
      ${rest(cases)}${codes(failures)}
    </figure>
  `;
}

function isSameCase(one: FailureEvent): (other: FailureEvent) => boolean {
  return (other) => other.module === one.module && other.case === one.case;
}

function row(
  one: FailureEvent,
  { before, after, message }: {
    before: FailureEvent | undefined;
    after: FailureEvent | undefined;
    message: string | null;
  },
): Html {
  return html`
    <tr>
      <th scope="row">
        ${isolated(causeText(one))}${message === null ? nothing : html`
          <span class="message">${isolated(message)}</span>
        `}
      </th>
      <td class="drawn">${bar(one, { before, after })}</td>
      <td class="number">${one.runs}</td>
      <td class="number share">${percent(one.share)}</td>
      <td class="number sum">${percent(one.cumulative)}</td>
      <td class="number first">${one.first_attempts}</td>
    </tr>
  `;
}

function causeText({ module, case: name }: FailureEvent): string {
  return module === null || name === null
    ? "no case that failed"
    : `${module}::${name}`;
}

/**
 * One row of the chart: its bar, and its part of the cumulative line, which
 * goes on where the rows above and below end, however high they are.
 */
function bar(
  { share, cumulative }: FailureEvent,
  { before, after }: {
    before: FailureEvent | undefined;
    after: FailureEvent | undefined;
  },
): Html {
  const top = before && (before.cumulative + cumulative) / 2;
  const bottom = after && (after.cumulative + cumulative) / 2;
  const x = (value: number) => Math.round(value * 1000);
  const line = [
    ...(top === undefined ? [] : [`${x(top)} 0`]),
    `${x(cumulative)} 50`,
    ...(bottom === undefined ? [] : [`${x(bottom)} 100`]),
  ];
  return html`
    <svg class="pareto-bar" aria-hidden="true">
      <rect class="bar" x="0" y="22%" width="${position(
        share,
      )}" height="56%" />
      <svg
        width="100%"
        height="100%"
        viewBox="0 0 1000 100"
        preserveAspectRatio="none"
        overflow="visible"
      >
        <path class="thread" d="M${line.join("L")}" />
      </svg>
      <circle
        class="point"
        cx="${position(cumulative)}"
        cy="50%"
        r="3.5"
      />
    </svg>
  `;
}

function rest(cases: readonly FailureEvent[]): Html {
  const hidden = cases.slice(CAUSES);
  if (hidden.length === 0) return nothing;
  const runs = hidden.reduce((sum, one) => sum + one.runs, 0);
  return note(
    `${hidden.length} more cases, the cause of ${runs} runs, are not shown here.`,
  );
}

/** Where the plan gives error codes, those too. */
function codes(failures: readonly FailureEvent[]): Html {
  const ranked = failures.filter(({ by }) => by === "error_code");
  if (ranked.every(({ error_code }) => error_code === null)) return nothing;
  const hidden = ranked.length - CODES;
  return html`
    <p class="note">By error code: ${ranked.slice(0, CODES).map((one) =>
      `${one.error_code ?? "none"}: ${countText(one.runs, "run", "runs")} (${
        percent(one.share)
      })`
    ).join(", ")}${hidden > 0 ? `, and ${hidden} more codes` : ""}.</p>
  `;
}
