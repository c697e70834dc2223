import { html, nothing } from "../../page/markup.ts";
import { countText } from "../../page/sizes.ts";
import type { Statistics } from "../statistics.ts";
import { isolated } from "./isolated.ts";
import type { Section } from "./section.ts";

/** Which documents do not count, what to know of those that do, and what the page has no room for. */
export function leftOut(
  { stats, warnings, filters }: Statistics,
  notes: readonly string[],
): Section {
  const { filtered } = stats.left_out;
  const documents = stats.documents - stats.runs;
  return {
    id: "left-out",
    title: "What was left out",
    short: "Left out",
    lead: documents === 0
      ? `All ${stats.documents} documents are runs that count.`
      : `${
        countText(stats.documents, "document", "documents")
      }: ${stats.runs} are runs that count, ${documents} are not.`,
    content: html`
      ${filtered === 0 ? nothing : html`
        <p>${countText(filtered, "run does", "runs do")} not fit ${isolated(
          filters.join(" "),
        )}.</p>
      `}
      <ul class="warnings">${warnings.map(({ message, examples }) =>
        html`
          <li>${isolated(message)}${examples.length === 0 ? nothing : html`
            <span class="examples">${examples.map((example) =>
              html`
                ${isolated(example)}
              `
            )}</span>
          `}</li>
        `
      )}</ul>
      ${notes.length === 0 ? nothing : html`
        <h3>Not on this page</h3>
        <ul class="warnings">${notes.map((text) =>
          html`
            <li>${text}</li>
          `
        )}</ul>
      `}
    `,
  };
}
