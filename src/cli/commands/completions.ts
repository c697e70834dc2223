import { completionScript } from "../completion_scripts.ts";
import type { CommonFlags } from "../flags.ts";
import type { CommandInput } from "../command_input.ts";
import type { Shell } from "../shells.ts";

export function completions(
  { output, flags }: CommandInput<CommonFlags>,
  shell: Shell,
): Promise<number> {
  const script = completionScript(shell);
  if (flags.json) {
    output.result({ event: "completions", shell, script }, []);
  } else output.laidOut(script);
  return Promise.resolve(0);
}
