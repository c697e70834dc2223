import { padded, widthOf } from "../../system/text_width.ts";
import type { FailureEvent } from "../events.ts";
import type { Statistics } from "../statistics.ts";
import { tableLines, widest } from "./layout.ts";
import {
  type Clean,
  cutMiddle,
  decimal,
  indexRange,
  limitsText,
  measurementNames,
  percent,
  type Product,
  productName,
} from "./words.ts";

export interface TextOptions {
  readonly all: boolean;
  readonly clean: Clean;
}

const ROWS = 5;

/** The rows that are shown, and how many there are besides. */
export function chosen<T>(
  all: readonly T[],
  options: TextOptions,
): { shown: readonly T[]; more: number } {
  const shown = options.all ? all : all.slice(0, ROWS);
  return { shown, more: all.length - shown.length };
}

const PRODUCT_WIDTH = 31;

export function yieldTable(
  { yields }: Statistics,
  options: TextOptions,
): string[] {
  const { shown, more } = chosen(
    yields.filter(({ by }) => by === null).toSorted((a, b) => b.runs - a.runs),
    options,
  );
  return tableLines("yield", {
    labelWidth: PRODUCT_WIDTH,
    columns: [
      { heading: "runs", width: 4 },
      { heading: "units", width: 5 },
      { heading: "first pass", width: 10 },
      { heading: "final", width: 6 },
      { heading: "tests/unit", width: 10 },
    ],
    rows: shown.map((one) => ({
      label: cutMiddle(productName(one, options.clean), PRODUCT_WIDTH),
      cells: [
        String(one.runs),
        String(one.units),
        percent(one.fpy),
        percent(one.final_yield),
        decimal(one.attempts_per_unit),
      ],
    })),
    more,
  });
}

/**
 * Puts part number and process before a label, unless there is only one pair.
 *
 * @param most the columns that they may take, so that the label keeps some.
 */
export function productColumn<T extends Product>(
  statistics: Statistics,
  shown: readonly T[],
  { clean, most }: { clean: Clean; most: number },
): (one: T) => string {
  if (isOneProduct(statistics)) return () => "";
  const textOf = (one: T) => cutMiddle(productName(one, clean), most);
  const width = widest(shown.map(textOf));
  return (one) => padded(textOf(one), width) + "  ";
}

export function isOneProduct({ yields }: Statistics): boolean {
  return yields.filter(({ by }) => by === null).length < 2;
}

export function failureTable(
  statistics: Statistics,
  options: TextOptions,
): string[] {
  const { failures } = statistics;
  const byCase = failures.filter(({ by }) => by === "case")
    .toSorted((a, b) => b.runs - a.runs);
  const { shown, more } = chosen(byCase, options);
  const { clean } = options;
  const product = productColumn(statistics, shown, { clean, most: 24 });
  return tableLines("most failures", {
    labelWidth: 50,
    columns: [
      { heading: "runs", width: 4 },
      { heading: "of all", width: 6 },
      { heading: "first pass", width: 10 },
    ],
    rows: shown.map((one) => ({
      label: product(one) + caseText(one, options),
      cells: [
        String(one.runs),
        percent(one.share),
        String(one.first_attempts),
      ],
      below: messageBelow(one, failures, {
        indent: widthOf(product(one)) || 2,
        clean,
      }),
    })),
    more,
  });
}

function caseText(
  { module, case: name }: FailureEvent,
  { clean }: TextOptions,
) {
  return module === null ? "(no case)" : clean(`${module}::${name}`);
}

/** The most frequent message of a case. */
function messageBelow(
  one: FailureEvent,
  failures: readonly FailureEvent[],
  { indent, clean }: { indent: number; clean: Clean },
): string | undefined {
  const found = failures.find((other) =>
    other.by === "message" && other.message !== null &&
    other.part_number === one.part_number && other.process === one.process &&
    other.module === one.module && other.case === one.case
  );
  if (found === undefined) return undefined;
  return " ".repeat(indent) + clean(found.message ?? "");
}

export function measurementTable(
  statistics: Statistics,
  options: TextOptions,
): string[] {
  const judged = statistics.measurements.map(({ event }) => event)
    .filter((event) => event.limit_set === 1 && event.ppk !== null)
    .toSorted((a, b) => (a.ppk ?? 0) - (b.ppk ?? 0));
  const { shown, more } = chosen(judged, options);
  const { clean } = options;
  const product = productColumn(statistics, shown, { clean, most: 17 });
  const nameOf = measurementNames(judged, clean);
  return tableLines("weakest measurements", {
    labelWidth: 34,
    columns: [
      { heading: "n", width: 3 },
      { heading: "Ppk", width: 4 },
      { heading: "95%", width: 9, isText: true },
      { heading: "Cpk", width: 4 },
      { heading: "outside", width: 7 },
    ],
    rows: shown.map((event) => ({
      label: product(event) + [
        nameOf(event),
        clean(limitsText(event.limits, event.unit)),
      ].join(" "),
      cells: [
        String(event.n),
        decimal(event.ppk),
        indexRange(event.ppk_low, event.ppk_high),
        decimal(event.cpk),
        String(event.outside),
      ],
    })),
    more,
  });
}
