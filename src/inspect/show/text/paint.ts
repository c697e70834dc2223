import type { Tone } from "../../../page/status.ts";

/** Colours a text; what it says must be clear without. */
export type Paint = (tone: Tone | "strong", text: string) => string;

export function plain(_tone: Tone | "strong", text: string): string {
  return text;
}

const CODES: Record<Tone | "strong", string> = {
  good: "32",
  bad: "1;31",
  warn: "33",
  quiet: "2",
  strong: "1",
};

/** For a terminal. */
export function coloured(tone: Tone | "strong", text: string): string {
  return text === "" ? "" : `\x1b[${CODES[tone]}m${text}\x1b[0m`;
}
