import { type Chart, extent } from "../../../page/chart.ts";
import { countText } from "../../../page/sizes.ts";
import type { Artifact } from "../view.ts";
import type { TextOptions } from "./text_options.ts";
import { WIDTH, wrap } from "../../../system/text_width.ts";

export interface DetailOptions extends TextOptions {
  readonly indent: number;
}

/** Wrapped and indented; the lines behind the first `keep` are counted. */
export function paragraph(
  texts: readonly string[],
  { indent, all, paint, keep }: DetailOptions & { keep: number },
): string[] {
  const space = " ".repeat(indent);
  const lines = texts.flatMap((text) => wrap(text, WIDTH - indent));
  const shown = all || lines.length <= keep + 1 ? lines : lines.slice(0, keep);
  const hidden = lines.length - shown.length;
  const rest = hidden === 0
    ? []
    : [paint("quiet", `… ${hidden} more lines (--all)`)];
  return [...shown, ...rest].map((line) => space + line);
}

/** Python's message first; the rest of it is pytest's explanation. */
export function assertionText(
  lines: readonly string[],
  options: DetailOptions & { keep: number },
): string[] {
  return paragraph(lines, options);
}

const MESSAGE_LINES = 3;
const MESSAGES = 6;

export function messagesText(
  messages: readonly (readonly string[])[],
  options: DetailOptions,
): string[] {
  const shown = options.all ? messages : messages.slice(0, MESSAGES);
  const hidden = messages.length - shown.length;
  const lines = shown.flatMap((lines) =>
    paragraph(lines, { ...options, keep: MESSAGE_LINES })
  );
  return hidden === 0 ? lines : [
    ...lines,
    " ".repeat(options.indent) +
    options.paint("quiet", `… ${hidden} more messages (--all)`),
  ];
}

/** What is in a chart; drawing it takes `--html`. */
export function chartText(
  chart: Chart | undefined,
  options: DetailOptions,
): string[] {
  if (chart === undefined) return [];
  let points = 0;
  let x: readonly [number, number] | undefined;
  let y: readonly [number, number] | undefined;
  for (const series of chart.series()) {
    points += series.x.length;
    x = union(x, extent(series.x));
    y = union(y, extent(series.y));
  }
  const parts = [
    countText(chart.seriesCount, "series", "series"),
    countText(points, "point", "points"),
    ...rangeText(chart.xLabel || "x", x),
    ...rangeText(chart.yLabel || "y", y),
  ];
  const title = chart.title === "" ? "chart" : `chart "${chart.title}"`;
  const text = `${title}: ${parts.join("; ")}`;
  return paragraph([text], { ...options, keep: MESSAGE_LINES });
}

type Range = readonly [number, number] | undefined;

function union(a: Range, b: Range): Range {
  if (a === undefined || b === undefined) return a ?? b;
  return [Math.min(a[0], b[0]), Math.max(a[1], b[1])];
}

function rangeText(label: string, range: Range): string[] {
  return range === undefined
    ? []
    : [`${label} from ${short(range[0])} to ${short(range[1])}`];
}

function short(value: number): string {
  return String(Number(value.toPrecision(6)));
}

const PREVIEW = 4096;

export function artifactText(
  artifact: Artifact | undefined,
  options: DetailOptions,
): string[] {
  if (artifact === undefined) return [];
  const { summary, keys, preview } = artifact;
  const names = keys.length === 0 ? "" : ` (${keys.join(", ")})`;
  const [line = "", ...more] = paragraph([`artifact: ${summary}${names}`], {
    ...options,
    keep: 1,
  });
  if (!options.all) return [line, ...more.slice(0, 1)];
  const value = paragraph(preview(PREVIEW), {
    ...options,
    indent: options.indent + 2,
    keep: Infinity,
  });
  return [line, ...more, ...value];
}
