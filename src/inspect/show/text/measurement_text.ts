import { fold } from "../fold.ts";
import { expression, isOff, type Measurement } from "../measurement.ts";
import type { Tone } from "../../../page/status.ts";
import type { DetailOptions } from "./details_text.ts";
import { padded, WIDTH, widthOf, wrap } from "../../../system/text_width.ts";

const KEEP = 8;
/** Longer names get a line of their own. */
const NAME_WIDTH = 32;

const SIGNS: Record<Measurement["verdict"], { mark: string; tone: Tone }> = {
  passed: { mark: "✓", tone: "good" },
  failed: { mark: "✗", tone: "bad" },
  outside: { mark: "!", tone: "bad" },
  none: { mark: "·", tone: "quiet" },
};

/** One line for each, names and values in columns where they fit. */
export function measurementsText(
  measurements: readonly Measurement[],
  options: DetailOptions,
): string[] {
  const folded = fold(measurements, {
    all: options.all,
    keep: KEEP,
    isImportant: isOff,
  });
  const shown = folded.flatMap((one) => "item" in one ? [one.item] : []);
  const nameWidth = shown.map(({ name }) => widthOf(name))
    .filter((width) => width <= NAME_WIDTH)
    .reduce((widest, width) => Math.max(widest, width), 0);
  return folded.flatMap((one) =>
    "item" in one
      ? measurementText(one.item, { ...options, nameWidth })
      : [hiddenText(one.hidden, options)]
  );
}

function measurementText(
  measurement: Measurement,
  { indent, nameWidth, paint }: DetailOptions & { nameWidth: number },
): string[] {
  const { mark, tone } = SIGNS[measurement.verdict];
  const space = " ".repeat(indent);
  const text = expression(measurement);
  const painted = (line: string) => tone === "bad" ? paint(tone, line) : line;
  const name = padded(measurement.name, nameWidth);
  const line = `${name}  ${text}`;
  if (widthOf(line) <= WIDTH - indent - 2) {
    return [`${space}${paint(tone, mark)} ${name}  ${painted(text)}`];
  }
  const [first = "", ...names] = wrap(measurement.name, WIDTH - indent - 2);
  const values = wrap(text, WIDTH - indent - 6);
  return [
    `${space}${paint(tone, mark)} ${first}`,
    ...names.map((rest) => `${space}  ${rest}`),
    ...values.map((value) => `${space}      ${painted(value)}`),
  ];
}

function hiddenText(
  hidden: readonly Measurement[],
  { indent, paint }: DetailOptions,
): string {
  const off = hidden.filter(isOff).length;
  const what = off === 0 ? "" : `, ${off} of them not as required`;
  const text = `… ${hidden.length} more measurements${what} (--all)`;
  return " ".repeat(indent) + paint("quiet", text);
}
