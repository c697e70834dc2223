import { countsText, signOf } from "../../../page/status.ts";
import { countText } from "../../../page/sizes.ts";
import type { FactGroup, RunView } from "../view.ts";
import { causeText } from "./cause_text.ts";
import { artifactText } from "./details_text.ts";
import { modulesText } from "./module_text.ts";
import type { TextOptions } from "./text_options.ts";
import { padded, WIDTH, widthOf, wrap } from "../../../system/text_width.ts";

/** A run as lines for a terminal or a file. */
export function runText(view: RunView, options: TextOptions): string[] {
  const { paint } = options;
  const { mark, word, tone } = signOf(view.status);
  const sign = `${mark} ${word}  `;
  const [first = "", ...rest] = wrap(view.name, WIDTH - sign.length);
  return [
    paint(tone, sign) + paint("strong", first),
    ...rest.map((line) => " ".repeat(sign.length) + paint("strong", line)),
    "",
    ...causeText(view, options),
    ...view.facts.flatMap((group) => groupText(group, options)),
    ...totals(view),
    "",
    ...modulesText(view.modules, options),
    ...artifactText(view.artifact, { ...options, indent: 0 }),
  ];
}

const LABEL = 12;

function groupText({ title, facts, more }: FactGroup, options: TextOptions) {
  const shown = options.all ? [...facts, ...more] : facts;
  const texts = shown.map(({ label, value }) =>
    label === "name" ? value : `${label} ${value}`
  );
  const folded = options.all || more.length === 0
    ? []
    : [countText(more.length, "more fact (--all)", "more facts (--all)")];
  return labelled(title, [...texts, ...folded]);
}

/** Facts side by side as far as they fit; a fact is not torn apart when it fits a line. */
function labelled(label: string, texts: readonly string[]): string[] {
  const width = WIDTH - LABEL;
  const lines: string[] = [];
  let used = width;
  for (const text of texts) {
    const taken = 2 + widthOf(text);
    if (used + taken <= width) {
      lines[lines.length - 1] += `, ${text}`;
      used += taken;
      continue;
    }
    lines.push(...wrap(text, width));
    used = widthOf(lines.at(-1) ?? "");
  }
  return lines.map((line, index) =>
    (index === 0 ? padded(label, LABEL) : " ".repeat(LABEL)) + line
  );
}

function totals({ counts, measurements, duration, source }: RunView): string[] {
  const { count, off } = measurements;
  const offText = off === 0 ? [] : [`${off} not as required`];
  return [
    ...labelled("Duration", [duration]),
    ...labelled("Cases", [countsText(counts) || "none"]),
    ...(count === 0 ? [] : labelled("Measured", [
      countText(count, "value", "values"),
      ...offText,
    ])),
    ...labelled("File", [source]),
  ];
}
