import { type Counted, firstTexts } from "../collect/collector.ts";
import type { WarningCode, WarningEvent } from "../events.ts";

/** `1 run`, `2 runs`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

export function has(count: number): string {
  return count === 1 ? "has" : "have";
}

export type Saying = (count: number) => string;

export function warning(
  code: WarningCode,
  { count, examples }: Counted,
  say: Saying,
): WarningEvent {
  return { event: "warning", code, count, message: say(count), examples };
}

export function ofAll(texts: readonly string[]): Counted {
  return { count: texts.length, examples: firstTexts(texts) };
}
