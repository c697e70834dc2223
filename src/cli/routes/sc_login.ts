import {
  commonFlags,
  DAY_SECONDS,
  duration,
  oneOf,
  parsePorts,
  text,
  toggle,
} from "../flags.ts";
import { addressArgument } from "./address_argument.ts";
import { perform } from "../perform.ts";
import { buildCommand } from "../command.ts";
import { FLOWS, type LoginFlags } from "../login_flags.ts";

/** `standcloud sc-login [ADDRESS]`. */
export const scLoginCommand = buildCommand<LoginFlags, [string?]>({
  loader: async () => {
    const { scLogin } = await import("../commands/sc_login.ts");
    return function (flags, given) {
      return perform(this, flags, (input) => scLogin(input, given));
    };
  },
  parameters: {
    positional: addressArgument,
    flags: {
      check: toggle(
        "Only test the connection with the stored login, and renew it",
      ),
      flow: oneOf("How to sign in (default: auto)", FLOWS),
      noBrowser: toggle("Print the URL, open nothing"),
      port: {
        kind: "parsed",
        brief: "Loopback ports to try (default: any free one)",
        placeholder: "N[,N…]",
        optional: true,
        parse: parsePorts,
      },
      timeout: duration("Give up after this long (default: 5m)", {
        minimum: 1,
        maximum: DAY_SECONDS,
      }),
      apiKeyFile: text("Store an API key from a file, - for stdin", "PATH|-"),
      force: toggle("Log in again although the stored login works"),
      for: text("Write the login for another stand", "RECIPIENT"),
      output: text("Where to write it; a new file", "FILE"),
      from: text("Take over a login written for this stand", "FILE"),
      ...commonFlags,
    },
  },
  docs: {
    brief: "Log this stand in to StandCloud",
    customUsage: ["[FLAGS] [ADDRESS]"],
    examples: [["sc-login demo.standcloud.io", "Log in with the browser"], [
      "sc-login demo.standcloud.io --flow device",
      "Log in with another device",
    ], ["sc-login --check", "Test the stored login"]],
    fullDescription: `Log this stand in to StandCloud.

Sign in on the page that opens in the browser, and press Accept. Without a
browser, sign in on any other device. The login is tested, kept
in an encrypted file and renewed by every use.`,
  },
});
