import { type Html, html, nothing } from "../../page/markup.ts";
import { signOf } from "../../page/status.ts";
import type { RunLine } from "../statistics.ts";
import { isolated } from "./isolated.ts";
import type { Section } from "./section.ts";
import { showCommand } from "./show_command.ts";
import { minuteText, productText, standText } from "./words.ts";

export const LAST_RUNS = 200;

/** The last runs, each with the command that shows it. */
export function runTable(
  runs: readonly RunLine[],
  { withProduct, total }: { withProduct: boolean; total: number },
): Section | undefined {
  if (runs.length === 0) return undefined;
  return {
    id: "runs",
    title: runs.length < total ? `The last ${runs.length} runs` : "All runs",
    short: "Runs",
    lead:
      "The command shows what a run measured. It works in the folder in which this page was made; a click selects all of it.",
    content: html`
      <div class="card sheet">
        <table class="run-list">
          <thead>
            <tr>
              <th scope="col">Start, UTC</th>
              <th scope="col">Status</th>
              <th scope="col">Serial number</th>
              ${withProduct
                ? html`
                  <th scope="col">Part number · process</th>
                `
                : nothing}
              <th scope="col">Stand</th>
              <th scope="col">Failed at</th>
              <th scope="col">Show the run</th>
            </tr>
          </thead>
          <tbody>${runs.map((run) => row(run, withProduct))}</tbody>
        </table>
      </div>
    `,
  };
}

function row(run: RunLine, withProduct: boolean): Html {
  const { mark, word, tone } = signOf(run.status);
  return html`
    <tr>
      <td class="time">${minuteText(run.time)}</td>
      <td class="sign ${tone}">${mark} ${word.toLowerCase()}</td>
      <th scope="row">${isolated(run.serial_number ?? "–")}</th>${withProduct
        ? html`
          <td class="product">${isolated(productText(run))}</td>
        `
        : nothing}
      <td class="stand">${isolated(standText(run.stand))}</td>
      <td class="cause">${isolated(run.cause ?? "")}</td>
      <td class="command">${commandOf(run)}</td>
    </tr>
  `;
}

function commandOf({ source }: RunLine): Html {
  const command = showCommand(source);
  return command === undefined ? isolated(source) : html`
    <code><bdi>${command}</bdi></code>
  `;
}
