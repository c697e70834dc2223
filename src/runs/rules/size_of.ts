/** About how many characters a value takes as JSON without layout; no text is made of it. */
export function sizeOf(value: unknown): number {
  const waiting = [value];
  let size = 0;
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (typeof next === "string") size += next.length + 3;
    else if (typeof next !== "object" || next === null) {
      size += String(next).length + 1;
    } else if (Array.isArray(next)) {
      size += 3;
      for (const element of next) waiting.push(element);
    } else {
      size += 3;
      for (const [key, inner] of Object.entries(next)) {
        size += key.length + 3;
        waiting.push(inner);
      }
    }
  }
  return size;
}
