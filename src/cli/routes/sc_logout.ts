import type { LogoutFlags } from "../commands/sc_logout.ts";
import { commonFlags, toggle } from "../flags.ts";
import { addressArgument } from "./address_argument.ts";
import { perform } from "../perform.ts";
import { buildCommand } from "../command.ts";

/** `standcloud sc-logout [ADDRESS]`. */
export const scLogoutCommand = buildCommand<LogoutFlags, [string?]>(
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
      examples: [["sc-logout", "Log out of the only address"], [
        "sc-logout --all",
        "Log out of every address",
      ]],
      fullDescription: `End the login at StandCloud and delete it here.

It is deleted here even when StandCloud cannot be reached.`,
    },
  },
);
