import { type Html, html, nothing } from "../../page/markup.ts";
import { countText } from "../../page/sizes.ts";
import { signOf } from "../../page/status.ts";
import type { UnitEvent } from "../events.ts";
import type { RunLine, UnitHistory } from "../statistics.ts";
import { isolated } from "./isolated.ts";
import { note, type Section } from "./section.ts";
import { minuteText, productText, standText } from "./words.ts";

const ROWS = 60;
const ATTEMPTS = 12;

/** The most urgent first. */
const STATES: readonly (readonly [UnitEvent["state"], string])[] = [
  ["failed_after_pass", "failed after a pass"],
  ["not_passed", "not passed"],
  ["passed_on_retest", "passed on a retest"],
  ["retested_after_pass", "tested again after a pass"],
];

/** Units that were tested again, or that have not passed. */
export function unitTable(
  units: readonly UnitHistory[],
  { withProduct }: { withProduct: boolean },
): Section | undefined {
  if (units.length === 0) return undefined;
  const rank = ({ event }: UnitHistory) =>
    STATES.findIndex(([state]) => state === event.state);
  const sorted = units.toSorted((a, b) =>
    rank(a) - rank(b) || b.event.attempts - a.event.attempts
  );
  const counts = STATES.map(([state, words]) => {
    const count = units.filter(({ event }) => event.state === state).length;
    return [count, words] as const;
  }).filter(([count]) => count > 0);
  return {
    id: "units",
    title: "Units worth a look",
    short: "Units",
    lead: `${counts.map(([count, words]) => `${count} ${words}`).join(", ")}.`,
    content: html`
      <div class="card sheet">
        <table class="unit-list">
          <thead>
            <tr>
              <th scope="col">Serial number</th>
              <th scope="col">State</th>
              <th scope="col">Attempts</th>
              <th scope="col">Last test</th>
              <th scope="col">Last failure</th>
            </tr>
          </thead>
          <tbody>${sorted.slice(0, ROWS).map((unit) =>
            row(unit, withProduct)
          )}</tbody>
        </table>
      </div>
      ${units.length > ROWS
        ? note(
          `${
            countText(units.length - ROWS, "more unit is", "more units are")
          } not shown here: --json has them.`,
        )
        : nothing}
    `,
  };
}

function row({ event, attempts }: UnitHistory, withProduct: boolean): Html {
  const words = STATES.find(([state]) => state === event.state)?.[1] ?? "";
  const tone = ["failed_after_pass", "not_passed"].includes(event.state)
    ? "bad"
    : "quiet";
  const failure = attempts.findLast(({ cause }) => cause !== null);
  const hidden = attempts.length - ATTEMPTS;
  const earlier = hidden <= 0 ? nothing : html`
    <span class="aside">and ${hidden} before these</span>
  `;
  return html`
    <tr>
      <th scope="row">${isolated(event.serial_number)}${withProduct
        ? html`
          <span class="where">${isolated(productText(event))}</span>
        `
        : nothing}</th>
      <td class="state ${tone}">${words}</td>
      <td class="attempts">${attempts.slice(-ATTEMPTS).map(
        attempt,
      )}${earlier}</td>
      <td class="time">${minuteText(event.last_time)}</td>
      <td class="cause">${isolated(failure?.cause ?? "")}</td>
    </tr>
  `;
}

function attempt({ status, stand }: RunLine): Html {
  const { mark, word, tone } = signOf(status);
  const words = html`
    <span class="hidden">${word.toLowerCase()} at</span>
  `;
  const where = standText(stand);
  return html`
    <span class="attempt"><span class="sign ${tone}">${mark}</span>
      ${words} ${isolated(where)}</span>
  `;
}
