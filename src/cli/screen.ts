import { AppError } from "../system/app_error.ts";
import type { EnvironmentVariable } from "../system/environment.ts";
import type { System } from "../system/system.ts";

type Surface = Pick<System, "environment" | "terminal">;

/** How stdout shows text. */
export interface Screen {
  /** A person reads it. Scripts read a pipe. */
  readonly isTerminal: boolean;
  /** Marks such as ✓ may stand before a line. */
  readonly hasMarks: boolean;
  /** How many characters a line has room for. */
  readonly columns: number;
}

/** The way to print for scripts. */
export const PIPE: Screen = { isTerminal: false, hasMarks: false, columns: 80 };

export function screenOf(system: Surface): Screen {
  const { stdoutIsTerminal, knowsCodes, columns } = system.terminal;
  return {
    isTerminal: stdoutIsTerminal,
    hasMarks: stdoutIsTerminal && knowsCodes && takesUtf8(system),
    columns: columns || PIPE.columns,
  };
}

export type Stream = "stdout" | "stderr";

export function isTerminal(
  terminal: Surface["terminal"],
  stream: Stream,
): boolean {
  return stream === "stdout"
    ? terminal.stdoutIsTerminal
    : terminal.stderrIsTerminal;
}

/** Whether a stream is coloured: on a terminal, unless the user wants it otherwise. */
export function usesColour(
  system: Surface,
  stream: Stream = "stdout",
): boolean {
  const forced = valueOf(system, "FORCE_COLOR");
  if (forced !== undefined) return forced !== "0" && forced !== "false";
  return valueOf(system, "NO_COLOR") === undefined &&
    isTerminal(system.terminal, stream) && system.terminal.knowsCodes;
}

/** Windows and macOS often set no locale at all; their terminals take UTF-8. */
function takesUtf8(system: Surface): boolean {
  const locale = valueOf(system, "LC_ALL") ?? valueOf(system, "LC_CTYPE") ??
    valueOf(system, "LANG");
  return locale === undefined || /utf-?8/i.test(locale);
}

/** A value that is no text chooses nothing. */
function valueOf(
  { environment }: Surface,
  name: EnvironmentVariable,
): string | undefined {
  try {
    return environment.get(name);
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
}
