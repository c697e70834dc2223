/** The known word that was probably meant, if any is near. */
export function didYouMean(
  typed: string,
  known: readonly string[],
): string | undefined {
  const [best] = known
    .map((word) => ({ word, distance: distanceOf(typed, word) }))
    .filter(({ distance, word }) =>
      distance <= Math.max(2, word.length / 3) || word.includes(typed)
    )
    .sort((a, b) => a.distance - b.distance);
  return typed === "" ? undefined : best?.word;
}

/** How many letters must be added, dropped or changed (Levenshtein). */
function distanceOf(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [index, letter] of [...from.slice(0, 64)].entries()) {
    const next = [index + 1];
    for (let at = 1; at <= to.length; at++) {
      const changed = (row[at - 1] ?? 0) + (letter === to[at - 1] ? 0 : 1);
      next.push(
        Math.min(changed, (row[at] ?? 0) + 1, (next[at - 1] ?? 0) + 1),
      );
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
