export interface Spread {
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

/** Throws for no values: there is no middle of nothing. */
export function spread(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const low = sorted[Math.floor((sorted.length - 1) / 2)];
  const high = sorted[Math.floor(sorted.length / 2)];
  const min = sorted.at(0);
  const max = sorted.at(-1);
  if (
    min === undefined || max === undefined || low === undefined ||
    high === undefined
  ) {
    throw new Error("no values to summarise");
  }
  return { min, median: (low + high) / 2, max };
}

export interface Pair {
  readonly baseline: number;
  readonly subject: number;
}

/** Each run against its own neighbour in time: a busy machine slows down both. */
export function medianRatio(pairs: readonly Pair[]): number {
  return spread(pairs.map(({ baseline, subject }) => subject / baseline))
    .median;
}

/**
 * The power with which the second number grows with the first: the slope of the straight line
 * through the logarithms (least squares). 1: twice as much takes twice as long.
 */
export function growthExponent(
  points: readonly (readonly [number, number])[],
): number {
  const logs = points.map(([x, y]) => [Math.log(x), Math.log(y)] as const);
  const mean = (index: 0 | 1) =>
    logs.reduce((sum, point) => sum + point[index], 0) / logs.length;
  const [meanX, meanY] = [mean(0), mean(1)];
  let [above, below] = [0, 0];
  for (const [x, y] of logs) {
    above += (x - meanX) * (y - meanY);
    below += (x - meanX) ** 2;
  }
  return above / below;
}
