import { countText } from "../sizes.ts";
import { signOf } from "../status.ts";
import type { RunView } from "../view.ts";
import { pageOptions } from "./budget.ts";
import { Html, html, nothing } from "./markup.ts";
import { runArticle } from "./run_article.ts";
import { STYLE } from "./style.ts";

/**
 * Runs as one page that needs nothing else: no script, no network, no file
 * beside it. Its policy forbids all three, should a text ever break out.
 */
export async function runPage(
  views: readonly RunView[],
  { all, hidden }: { all: boolean; hidden: number },
): Promise<string> {
  const options = pageOptions(all);
  const articles = views.map((view, index) =>
    runArticle(view, { ...options, prefix: `r${index}` })
  );
  const policy = [
    "default-src 'none'",
    `style-src 'sha256-${await hashOf(STYLE)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const page = html`
    <!DOCTYPE html>
    <html lang="en">
      <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="${policy}">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="referrer" content="no-referrer">
        <meta name="color-scheme" content="light dark">
        <title>${titleOf(views)}</title>
        <style>
        ${new Html(STYLE)}
        </style>
      </head>
      <body>
        <main>
          ${articles}${hidden === 0 ? nothing : html`
            <p class="note">${countText(
              hidden,
              "more run",
              "more runs",
            )} not shown here: show fewer files.</p>
          `}
        </main>
      </body>
    </html>
  `;
  return page.text;
}

function titleOf(views: readonly RunView[]): string {
  const [first, ...others] = views;
  if (first === undefined || others.length > 0) return `${views.length} runs`;
  const serial = first.facts.flatMap(({ facts }) => facts)
    .find(({ label }) => label === "serial number");
  const word = signOf(first.status).word.toUpperCase();
  return [word, first.name, ...(serial ? [serial.value] : [])].join(" – ");
}

async function hashOf(text: string): Promise<string> {
  const bytes = new TextEncoder().encode(text);
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))
    .toBase64();
}
