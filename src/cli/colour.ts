import type { System } from "../system/system.ts";

/** Whether stdout is coloured: on a terminal, unless the user wants it otherwise. */
export function usesColour(
  { environment, terminal }: Pick<System, "environment" | "terminal">,
): boolean {
  const forced = environment.get("FORCE_COLOR");
  if (forced !== undefined) return forced !== "0" && forced !== "false";
  return environment.get("NO_COLOR") === undefined &&
    terminal.stdoutIsTerminal && terminal.knowsCodes;
}
