import { medianRatio, type Pair, type Spread, spread } from "./statistics.ts";

/** One line of the table: what was measured beside what it may cost. */
export interface Row {
  readonly name: string;
  readonly unit: "ms" | "bytes";
  readonly baseline: Spread;
  readonly subject: Spread;
  /** `ratio` to the empty program, or bytes more than it. */
  readonly measured: number;
  readonly budget: number;
}

export function timeRow(
  name: string,
  { pairs, budget }: { pairs: readonly Pair[]; budget: number },
): Row {
  return {
    name,
    unit: "ms",
    baseline: spread(pairs.map((pair) => pair.baseline)),
    subject: spread(pairs.map((pair) => pair.subject)),
    measured: medianRatio(pairs),
    budget,
  };
}

export function sizeRow(
  name: string,
  { pair, budget }: { pair: Pair; budget: number },
): Row {
  return {
    name,
    unit: "bytes",
    baseline: spread([pair.baseline]),
    subject: spread([pair.subject]),
    measured: pair.subject - pair.baseline,
    budget,
  };
}

const HEADER = ["", "empty min/median/max", "standcloud", "measured", "budget"];

/** The rows as aligned columns. There is no verdict: a reader sees both numbers. */
export function table(rows: readonly Row[]): readonly string[] {
  const cells = [HEADER, ...rows.map(cellsOf)];
  const widths = HEADER.map((_, column) =>
    Math.max(...cells.map((row) => row[column]?.length ?? 0))
  );
  return cells.map((row) =>
    row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ")
      .trimEnd()
  );
}

function cellsOf(row: Row): string[] {
  const { name, unit, measured, budget } = row;
  if (unit === "bytes") {
    return [
      name,
      count(row.baseline.median),
      count(row.subject.median),
      difference(measured),
      difference(budget),
    ];
  }
  return [
    `${name} (ms)`,
    times(row.baseline),
    times(row.subject),
    `× ${measured.toFixed(2)}`,
    `× ${budget.toFixed(2)}`,
  ];
}

function times({ min, median, max }: Spread): string {
  return [min, median, max].map((value) => value.toFixed(1)).join(" / ");
}

function difference(value: number): string {
  return value < 0 ? count(value) : `+${count(value)}`;
}

function count(value: number): string {
  return value.toLocaleString("en");
}
