import type { CommandInput } from "./command_input.ts";
import type { CommonFlags } from "./flags.ts";
export function tellNumber(
  _input: CommandInput<CommonFlags>,
  _name: string,
): number {
  return 0;
}
