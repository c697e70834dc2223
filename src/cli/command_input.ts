import type { Stand } from "../stand/stand.ts";
import type { System } from "../system/system.ts";
import type { CommonFlags } from "./flags.ts";
import type { Output } from "./output.ts";

/** The input that every command gets. */
export interface CommandInput<Flags extends CommonFlags> {
  readonly system: System;
  readonly output: Output;
  readonly flags: Flags;
  /** This stand. A command that needs none starts without it. */
  readonly stand: () => Promise<Stand>;
}
