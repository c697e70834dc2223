import { type CommonFlags, commonFlags } from "../flags.ts";
import { addressArgument } from "./address_argument.ts";
import { perform } from "../perform.ts";
import { buildCommand } from "../stricli.ts";
import type { CliContext } from "../context.ts";

/** `standcloud doctor [ADDRESS]`. */
export const doctorCommand = buildCommand<CommonFlags, [string?], CliContext>({
  loader: async () => {
    const { doctor } = await import("../commands/doctor.ts");
    return function (flags, given) {
      return perform(this, flags, (input) => doctor(input, given));
    };
  },
  parameters: { positional: addressArgument, flags: commonFlags },
  docs: {
    brief: "Find out why a login or an upload does not work",
    customUsage: ["[FLAGS] [ADDRESS]"],
    fullDescription: `Find out why a login or an upload does not work.

Looks at the files, the key, the logins and the browser of this stand. Then
looks at proxy, name, port, certificate, clock, sign-in service and API of
StandCloud. Prints no secrets. Exit code 4: the network is at fault; 3: this
stand is.`,
  },
});
