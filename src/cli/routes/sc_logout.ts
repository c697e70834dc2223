import type { LogoutFlags } from "../commands/sc_logout.ts";
import { commonFlags, toggle } from "../flags.ts";
import { addressArgument } from "./address_argument.ts";
import { perform } from "../perform.ts";
import { buildCommand } from "../stricli.ts";
import type { CliContext } from "../context.ts";

/** `standcloud sc-logout [ADDRESS]`. */
export const scLogoutCommand = buildCommand<LogoutFlags, [string?], CliContext>(
  {
    loader: async () => {
      const { scLogout } = await import("../commands/sc_logout.ts");
      return function (flags, given) {
        return perform(this, flags, (input) => scLogout(input, given));
      };
    },
    parameters: {
      positional: addressArgument,
      flags: { all: toggle("Log out of every address"), ...commonFlags },
    },
    docs: {
      brief: "End the login at StandCloud and delete it here",
      customUsage: ["[FLAGS] [ADDRESS]"],
      fullDescription: `End the login at StandCloud and delete it here.

It is deleted here even when StandCloud cannot be reached.`,
    },
  },
);
