import type { Tone } from "../status.ts";

/** Colours a text; what it says must be clear without. */
export type Paint = (tone: Tone | "strong", text: string) => string;

export const plain: Paint = (_tone, text) => text;

const CODES: Record<Tone | "strong", string> = {
  good: "32",
  bad: "1;31",
  warn: "33",
  quiet: "2",
  strong: "1",
};

/** For a terminal. */
export const coloured: Paint = (tone, text) =>
  text === "" ? "" : `\x1b[${CODES[tone]}m${text}\x1b[0m`;
