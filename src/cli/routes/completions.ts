import { type CommonFlags, commonFlags } from "../flags.ts";
import { perform } from "../perform.ts";
import { buildCommand } from "../command.ts";
import { type Shell, SHELLS } from "../shells.ts";

/** `standcloud completions SHELL`. */
export const completionsCommand = buildCommand<
  CommonFlags,
  [Shell]
>({
  loader: async () => {
    const { completions } = await import("../commands/completions.ts");
    return function (flags, shell) {
      return perform(this, flags, (input) => completions(input, shell));
    };
  },
  parameters: {
    positional: {
      kind: "tuple",
      parameters: [{
        brief: SHELLS.join(", "),
        placeholder: "SHELL",
        parse: parseShell,
        proposeCompletions: () => SHELLS,
      }],
    },
    flags: commonFlags,
  },
  docs: {
    brief: "Print a script that makes a shell complete standcloud",
    customUsage: ["[FLAGS] SHELL"],
    examples: [["completions bash", "Print the script of bash"], [
      "completions powershell",
      "Print the script of PowerShell",
    ]],
    fullDescription: `Print a script that makes a shell complete standcloud.

  bash        source <(standcloud completions bash)
  zsh         source <(standcloud completions zsh)
  fish        standcloud completions fish | source
  powershell  standcloud completions powershell | Out-String | Invoke-Expression

Written into the shell's own start file, it completes commands, flags, files,
rules, and this stand's addresses and digests.`,
  },
});

function parseShell(input: string): Shell {
  const shell = SHELLS.find((one) => one === input);
  if (shell !== undefined) return shell;
  throw new RangeError(`one of ${SHELLS.join(", ")} is expected`);
}
