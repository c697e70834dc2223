interface Arrived<T> {
  readonly value: T;
  taken(): void;
}

/**
 * What several sources give, as it comes. Each of them is asked for its next
 * one when the last one was taken. Ends when all of them have ended.
 *
 * @throws what the first of them throws that fails.
 */
export async function* merged<T>(
  iterables: readonly AsyncIterable<T>[],
): AsyncGenerator<T> {
  const arrived: Arrived<T>[] = [];
  const failures: unknown[] = [];
  let open = iterables.length;
  let isOver = false;
  let news = Promise.withResolvers<void>();
  const pump = async (iterable: AsyncIterable<T>) => {
    try {
      for await (const value of iterable) {
        // Nobody takes what comes now.
        if (isOver) return;
        const { promise, resolve: taken } = Promise.withResolvers<void>();
        arrived.push({ value, taken });
        news.resolve();
        await promise;
        if (isOver) return;
      }
    } catch (error) {
      failures.push(error);
    } finally {
      open--;
      news.resolve();
    }
  };
  const pumps = iterables.map(pump);
  try {
    for (;;) {
      const next = arrived.shift();
      if (next !== undefined) {
        try {
          yield next.value;
        } finally {
          next.taken();
        }
      } else if (failures.length > 0) throw failures[0];
      else if (open === 0) return;
      else {
        await news.promise;
        news = Promise.withResolvers();
      }
    }
  } finally {
    isOver = true;
    for (const { taken } of arrived) taken();
    await Promise.all(pumps);
  }
}
