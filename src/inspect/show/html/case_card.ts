import { expression, isOff, type Measurement } from "../measurement.ts";
import { isTrouble, signOf } from "../../../page/status.ts";
import type { Artifact, CaseView } from "../view.ts";
import type { PageOptions } from "./budget.ts";
import { chartFigure } from "../../../page/chart_figure.ts";
import { type Html, html, nothing } from "../../../page/markup.ts";
import { measurementTable } from "./measurement_table.ts";

/** A case: one line, and behind it what it has to say; open where it needs a look. */
export function caseCard(
  testCase: CaseView,
  { id, ...options }: PageOptions & { id: string },
): Html {
  const { status, measurements } = testCase;
  const details = caseDetails(testCase, options);
  const line = caseLine(testCase);
  const { tone } = signOf(status);
  if (details === undefined) {
    return html`
      <div class="case ${tone}" id="${id}">
        <div class="line">${line}</div>
      </div>
    `;
  }
  const open = isTrouble(status) || measurements.some(isOff) ? "open" : "";
  return html`
    <details class="case ${tone}" id="${id}" ${open}>
      <summary class="line">${line}</summary>
      <div class="inside">${details}</div>
    </details>
  `;
}

function caseLine(testCase: CaseView): Html {
  const { name, key, status, duration, attempts } = testCase;
  const { mark, word, tone } = signOf(status);
  const facts = [
    ...(attempts === undefined ? [] : [`${attempts} attempts`]),
    ...(duration === undefined ? [] : [duration]),
  ];
  const code = key === name ? [] : [
    " ",
    html`
      <code>${key}</code>
    `,
  ];
  return html`
    <span class="sign ${tone}">${mark} ${word}</span>
    <span class="name"><bdi>${name}</bdi>${code}</span>
    <span class="glance">${glance(testCase)}</span>
    <span class="time">${facts.join(" · ")}</span>
  `;
}

/** What a closed case holds: its only measurement, else how many of everything. */
function glance({ measurements, chart, artifact }: CaseView): string {
  const [only, ...others] = measurements;
  return [
    ...(only === undefined
      ? []
      : [others.length === 0 ? short(only) : `${measurements.length} values`]),
    ...(chart === undefined ? [] : ["chart"]),
    ...(artifact === undefined ? [] : ["artifact"]),
  ].join(" · ");
}

const GLANCE_LIMIT = 40;

function short(measurement: Measurement): string {
  const text = expression(measurement);
  return text.length > GLANCE_LIMIT ? "1 value" : text;
}

function caseDetails(
  testCase: CaseView,
  options: PageOptions,
): Html | undefined {
  const { assertion, messages, measurements, chart, artifact } = testCase;
  const parts = [
    assertionBlock(assertion),
    messageList(messages),
    measurementTable(measurements, options),
    chart === undefined ? nothing : chartFigure(chart, options.charts),
    artifactBlock(artifact, options),
  ].filter((part) => part !== nothing);
  return parts.length === 0 ? undefined : html`
    ${parts}
  `;
}

const ASSERTION_LINES = 12;

/** Python's message in full view, pytest's explanation folded when it is long. */
export function assertionBlock(lines: readonly string[]): Html {
  const [first, ...rest] = lines;
  if (first === undefined) return nothing;
  const more = rest.join("\n").trimEnd();
  const head = html`
    <p class="assertion">${first}</p>
  `;
  if (more === "") return head;
  return rest.length <= ASSERTION_LINES
    ? html`
      ${head}<pre class="more">${more}</pre>
    `
    : html`
      ${head}<details class="fold">
        <summary>${rest.length} more lines</summary>
        <pre>${more}</pre>
      </details>
    `;
}

const MESSAGES = 50;

function messageList(messages: CaseView["messages"]): Html {
  if (messages.length === 0) return nothing;
  const hidden = messages.length - MESSAGES;
  return html`
    <ul class="messages">${messages.slice(0, MESSAGES).map((lines) =>
      html`
        <li>${lines.join("\n")}</li>
      `
    )}</ul>${hidden > 0
      ? html`
        <p class="note">${hidden} more messages not shown here.</p>
      `
      : nothing}
  `;
}

const PREVIEW = 4096;

export function artifactBlock(
  artifact: Artifact | undefined,
  { artifacts }: PageOptions,
): Html {
  if (artifact === undefined) return nothing;
  const keys = artifact.keys.length === 0
    ? ""
    : `: ${artifact.keys.join(", ")}`;
  const text = artifacts.isSpent ? "" : artifact.preview(PREVIEW).join("\n");
  artifacts.take(text.length);
  return html`
    <details class="fold artifact">
      <summary>Artifact, ${artifact.summary}${keys}</summary>${text === ""
        ? html`
          <p class="note">
            Not shown: the artifacts of this run are more than a page can hold.
          </p>
        `
        : html`
          <pre>${text}</pre>
        `}
    </details>
  `;
}
