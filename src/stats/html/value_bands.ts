/** So many parts of a long series have a width of their own. */
const COLUMNS = 200;

/** Where the values of one part of a series lie. */
export interface Column {
  /** Of the first value and of the one behind the last. */
  readonly from: number;
  readonly to: number;
  readonly min: number;
  readonly quarter: number;
  readonly threeQuarters: number;
  readonly max: number;
}

/** All values and the middle half of them, part by part: what thinned points no longer show. */
export function columnsOf(values: Float64Array): Column[] {
  const columns = Math.min(COLUMNS, values.length);
  return Array.from({ length: columns }, (_, index) => {
    const from = Math.floor(index * values.length / columns);
    const to = Math.floor((index + 1) * values.length / columns);
    const sorted = values.slice(from, to).sort();
    const at = (share: number) =>
      sorted[Math.round(share * (sorted.length - 1))] ?? NaN;
    return {
      from,
      to,
      min: at(0),
      quarter: at(0.25),
      threeQuarters: at(0.75),
      max: at(1),
    };
  });
}

/** The outline of a band in steps, one for each column. */
export function bandPath(
  columns: readonly Column[],
  { x, low, high }: {
    /** Where the space before the value of an index begins. */
    x: (index: number) => number;
    low: (column: Column) => number;
    high: (column: Column) => number;
  },
): string {
  const top = columns.map((one) => `V${high(one)}H${x(one.to)}`);
  const bottom = columns.toReversed()
    .map((one) => `V${low(one)}H${x(one.from)}`);
  return `M${x(0)} ${columns[0] ? high(columns[0]) : 0}${top.join("")}${
    bottom.join("")
  }Z`;
}
