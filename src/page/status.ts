export type Tone = "good" | "bad" | "warn" | "quiet";

/** How a status is said: by a mark and a word, the colour comes on top. */
export interface StatusSign {
  readonly mark: string;
  readonly word: string;
  readonly tone: Tone;
}

const SIGNS = new Map<string, StatusSign>([
  ["passed", { mark: "✓", word: "passed", tone: "good" }],
  ["failed", { mark: "✗", word: "FAILED", tone: "bad" }],
  ["error", { mark: "✗", word: "ERROR", tone: "bad" }],
  ["stopped", { mark: "■", word: "STOPPED", tone: "warn" }],
  ["skipped", { mark: "–", word: "skipped", tone: "quiet" }],
  ["run", { mark: "▸", word: "running", tone: "warn" }],
  ["ready", { mark: "·", word: "not run", tone: "quiet" }],
]);

const WORD_LIMIT = 12;

export function signOf(status: string): StatusSign {
  return SIGNS.get(status) ??
    { mark: "?", word: status.slice(0, WORD_LIMIT) || "?", tone: "warn" };
}

/** Whether it needs a look. */
export function isTrouble(status: string): boolean {
  return ["bad", "warn"].includes(signOf(status).tone);
}

/** `9 passed, 1 failed`. */
export function countsText(counts: ReadonlyMap<string, number>): string {
  return [...counts]
    .map(([status, count]) => `${count} ${signOf(status).word.toLowerCase()}`)
    .join(", ");
}

export function countBy(statuses: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const status of statuses) {
    counts.set(status, (counts.get(status) ?? 0) + 1);
  }
  return counts;
}
