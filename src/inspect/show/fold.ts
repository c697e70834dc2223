/** What a reader gets of a long list: an item, or how many are left out here. */
export type Folded<T> =
  | { readonly item: T }
  | { readonly hidden: readonly T[] };

export interface FoldOptions<T> {
  readonly all: boolean;
  /** How many of the ordinary ones to show. */
  readonly keep: number;
  /** Shown also beyond `keep`. */
  readonly isImportant: (item: T) => boolean;
}

/** Even of what matters nobody reads more than this many times `keep`. */
const IMPORTANT_FACTOR = 10;
/** A line that says how many are hidden must hide more than it takes. */
const SLACK = 2;

/** Shortens a long list; what is left out is counted where it was. */
export function fold<T>(
  items: readonly T[],
  { all, keep, isImportant }: FoldOptions<T>,
): Folded<T>[] {
  if (all || items.length <= keep + SLACK) {
    return items.map((item) => ({ item }));
  }
  const folded: Folded<T>[] = [];
  let ordinary = keep;
  let important = keep * IMPORTANT_FACTOR;
  let hidden: T[] = [];
  for (const item of items) {
    if (isImportant(item) ? important-- > 0 : ordinary-- > 0) {
      if (hidden.length > 0) folded.push({ hidden });
      hidden = [];
      folded.push({ item });
    } else hidden.push(item);
  }
  if (hidden.length > 0) folded.push({ hidden });
  return folded;
}
