export const MEBI = 1024 * 1024;

/** About how many characters a value takes as JSON without layout; no text is made of all of it. */
export function sizeOf(value: unknown): number {
  const waiting: object[] = [];
  let size = 0;
  const add = (inner: unknown) => {
    if (typeof inner === "string") size += inner.length + 3;
    else if (typeof inner === "object" && inner !== null) waiting.push(inner);
    else size += String(inner).length + 1;
  };
  add(value);
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    size += 3;
    if (!Array.isArray(next)) {
      for (const [key, inner] of Object.entries(next)) {
        size += key.length + 3;
        add(inner);
      }
    } else if (next.every((element) => typeof element === "number")) {
      size += sizeOfNumbers(next);
    } else next.forEach(add);
  }
  return size;
}

const PIECE = 1000;

/** One by one the engine would keep the texts of a chart's million numbers for long. */
function sizeOfNumbers(numbers: readonly number[]): number {
  let size = 0;
  for (let at = 0; at < numbers.length; at += PIECE) {
    size += JSON.stringify(numbers.slice(at, at + PIECE)).length - 1;
  }
  return size;
}
