import type { System } from "../system/system.ts";
import type { CommandContext } from "./stricli.ts";

/** What a command's function finds in `this`. */
export interface CliContext extends CommandContext {
  readonly system: System;
  /** Set when the command has run. */
  exitCode?: number;
}
