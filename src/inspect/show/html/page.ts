import { html, nothing } from "../../../page/markup.ts";
import { pageFile } from "../../../page/page_file.ts";
import { countText } from "../../../page/sizes.ts";
import { signOf } from "../../../page/status.ts";
import type { RunView } from "../view.ts";
import { pageOptions } from "./budget.ts";
import { runArticle } from "./run_article.ts";
import { RUN_STYLE } from "./run_style.ts";

/** Runs as one page. */
export async function runPage(
  views: readonly RunView[],
  { all, hidden }: { all: boolean; hidden: number },
): Promise<string> {
  const options = pageOptions(all);
  const articles = views.map((view, index) =>
    runArticle(view, { ...options, prefix: `r${index}` })
  );
  return await pageFile({
    title: titleOf(views),
    style: RUN_STYLE,
    content: html`
      ${articles}${hidden === 0 ? nothing : html`
        <p class="note">
          This page holds ${views.length} of ${countText(
            views.length + hidden,
            "run",
            "runs",
          )}. <code>standcloud stats</code>
          tells what all of them say together.
        </p>
      `}
    `,
  });
}

function titleOf(views: readonly RunView[]): string {
  const [first, ...others] = views;
  if (first === undefined || others.length > 0) return `${views.length} runs`;
  const serial = first.facts.flatMap(({ facts }) => facts)
    .find(({ label }) => label === "serial number");
  const word = signOf(first.status).word.toUpperCase();
  return [word, first.name, ...(serial ? [serial.value] : [])].join(" – ");
}
