type Spelling = (literal: string) => string;

const OF_NUMBERS: readonly Spelling[] = [
  (literal) => JSON.stringify(literal),
  (literal) => /^-?\d+$/.test(literal) ? `${literal}.0` : literal,
  (literal) => String(Math.trunc(Number(literal))),
  (literal) => `"+0${literal}"`,
  (literal) => `" ${literal} "`,
  (literal) => `${literal.replace(/\.\d+/, "")}.5`,
];

const OF_TEXTS: readonly Spelling[] = [
  (literal) => JSON.stringify(JSON.parse(literal).toUpperCase()),
  (literal) => JSON.stringify(` ${JSON.parse(literal)}`),
  (literal) => `[${literal}]`,
  (literal) =>
    /^"-?\d+"$/.test(literal) ? `${Number(JSON.parse(literal))}` : "1",
];

const OF_WORDS: readonly Spelling[] = [
  (literal) => JSON.stringify(literal),
  (literal) => ({ true: "1", false: "0" })[literal] ?? '""',
  (literal) => ({ true: "1.0", false: "0.0" })[literal] ?? "0",
];

/** The same scalar in another type or another letter case; anything else in a list. */
export function respelled(literal: string, pick: number): string {
  const spellings = /^[-\d]/.test(literal)
    ? OF_NUMBERS
    : literal.startsWith('"')
    ? OF_TEXTS
    : /^[tfn]/.test(literal)
    ? OF_WORDS
    : [];
  return spellings[pick % spellings.length]?.(literal) ?? `[${literal}]`;
}
