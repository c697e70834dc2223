import type { StatusFlags } from "../commands/status.ts";
import { commonFlags, toggle } from "../flags.ts";
import { perform } from "../perform.ts";
import { buildCommand } from "../command.ts";

/** `standcloud status`. */
export const statusCommand = buildCommand<StatusFlags, []>({
  loader: async () => {
    const { status } = await import("../commands/status.ts");
    return function (flags) {
      return perform(this, flags, status);
    };
  },
  parameters: {
    flags: {
      online: toggle("Also test each connection"),
      exitCode: toggle("End with the exit code of health"),
      ...commonFlags,
    },
  },
  docs: {
    brief: "Show the logins of this stand",
    customUsage: ["[FLAGS]"],
    examples: [["status", "Show the stored logins"], [
      "status --online",
      "Test each connection, too",
    ]],
  },
});
