import { padded, widthOf } from "../../system/text_width.ts";
import type { Grouping, YieldEvent } from "../events.ts";
import type { Statistics } from "../statistics.ts";
import { tableLines, widest } from "./layout.ts";
import {
  chosen,
  isOneProduct,
  productColumn,
  type TextOptions,
} from "./tables.ts";
import { type Clean, cutMiddle, percent, percentRange } from "./words.ts";

const TITLES: Readonly<Record<Grouping, string>> = {
  stand: "stands",
  day: "days",
  week: "weeks",
  batch: "batches",
  "part-number": "part numbers",
  operator: "operators",
  process: "processes",
};

/** The yields of `--by`: the last days, else the weakest first. */
export function groupTable(
  statistics: Statistics,
  options: TextOptions,
): string[] {
  const { by, yields } = statistics;
  const isTime = by === "day" || by === "week";
  const rows = yields.filter((one) => one.by === by)
    .toSorted(isTime ? byTime : byYield);
  const { shown, more } = chosen(rows, options);
  const isRolled = by === "part-number";
  const isProduct = isRolled || by === "process";
  const { clean } = options;
  const isAlone = isProduct || isOneProduct(statistics);
  const group = groupColumn(shown, {
    clean,
    most: isAlone ? LABEL_WIDTH : GROUP_WIDTH * 2,
  });
  const product = productColumn(statistics, shown, {
    clean,
    most: LABEL_WIDTH - widthOf(group(null)),
  });
  return tableLines(TITLES[by], {
    labelWidth: LABEL_WIDTH,
    columns: [
      { heading: "runs", width: 4 },
      { heading: "units", width: 5 },
      { heading: isRolled ? "rolled" : "first pass", width: 10 },
      ...(isRolled ? [] : [{ heading: "     95%", width: 8, isText: true }]),
    ],
    rows: shown.map((one) => ({
      label: group(one.group) + (isProduct ? "" : product(one)),
      cells: [
        String(one.runs),
        String(one.units),
        percent(isRolled ? one.rty : one.fpy),
        percentRange(one.fpy_low, one.fpy_high),
      ],
    })),
    more,
  });
}

const LABEL_WIDTH = 37;
const GROUP_WIDTH = 8;

function groupColumn(
  shown: readonly YieldEvent[],
  { clean, most }: { clean: Clean; most: number },
): (group: string | null) => string {
  const textOf = (group: string | null) => cutMiddle(clean(group ?? "–"), most);
  const width = widest(shown.map(({ group }) => textOf(group)), GROUP_WIDTH);
  return (group) => padded(textOf(group), width) + "  ";
}

function byTime(a: YieldEvent, b: YieldEvent): number {
  return (b.group ?? "") < (a.group ?? "") ? -1 : a.group === b.group ? 0 : 1;
}

function byYield(a: YieldEvent, b: YieldEvent): number {
  return rateOf(a) - rateOf(b) || b.runs - a.runs;
}

function rateOf({ fpy, rty }: YieldEvent): number {
  return fpy ?? rty ?? 2;
}
