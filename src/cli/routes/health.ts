import type { HealthFlags } from "../commands/health.ts";
import { commonFlags, duration, text } from "../flags.ts";
import { perform } from "../perform.ts";
import { buildCommand } from "../command.ts";

/** `standcloud health`. */
export const healthCommand = buildCommand<HealthFlags, []>({
  loader: async () => {
    const { health } = await import("../commands/health.ts");
    return function (flags) {
      return perform(this, flags, health);
    };
  },
  parameters: {
    flags: {
      maxAge: duration("A run may wait so long (default: 0)"),
      metrics: text("Write Prometheus metrics to this file", "FILE"),
      ...commonFlags,
    },
  },
  docs: {
    brief: "Say in one line whether this stand is all right",
    customUsage: ["[FLAGS]"],
    examples: [["health", "Is this stand all right?"], [
      "health --max-age 1h",
      "A run may wait for an hour",
    ], ["health --metrics FILE.prom", "Write a file for Prometheus"]],
    fullDescription: `Say in one line whether this stand is all right.

Looks at the login and at the ledger, without the network. Exit code 3: the
stand is not logged in. 5: a run is held by a rule or was refused. 6: a run
waits (with --max-age: longer than that). 0: all is well.`,
  },
});
