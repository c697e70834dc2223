import type { Service } from "../standcloud/service.ts";
import { AppError } from "../system/app_error.ts";
import type { RowSummaryEvent } from "./events/inspect_events.ts";
import type { CommonFlags } from "./flags.ts";
import type { CommandInput } from "./command_input.ts";

/** A table is for the eyes; another program gets all there is. */
export function printsJson(
  { system, flags }: CommandInput<CommonFlags>,
): boolean {
  return flags.json ?? !system.terminal.stdoutIsTerminal;
}

/** The last line of the `--json` stream: a script knows that all came. */
export function countLine(service: Service, count: number): string {
  const address = service.address.text;
  const event: RowSummaryEvent = { event: "summary", count, address };
  return JSON.stringify(event);
}

/** Everything that StandCloud told, also what this program does not know. */
export function fieldLines(raw: Readonly<Record<string, unknown>>): string[] {
  const names = Object.keys(raw);
  const width = Math.max(...names.map((name) => name.length));
  return names.map((name) => {
    const value = raw[name];
    const text = typeof value === "string" ? value : JSON.stringify(value);
    return `${name.padEnd(width)}  ${text}`;
  });
}

export function noSuchRun({ address }: Service, id: string): AppError {
  const message = `${address.text} has no test run "${id}"`;
  return new AppError("input_unreadable", message, {
    hints: ["standcloud runs list shows those that there are"],
  });
}
