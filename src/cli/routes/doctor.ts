import { type CommonFlags, commonFlags } from "../flags.ts";
import { addressArgument } from "./address_argument.ts";
import { perform } from "../perform.ts";
import { buildCommand } from "../command.ts";

/** `standcloud doctor [ADDRESS]`. */
export const doctorCommand = buildCommand<CommonFlags, [string?]>({
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
    examples: [["doctor", "Look at this stand and its StandCloud"], [
      "doctor demo.standcloud.io",
      "Look before the first login",
    ], ["doctor --json", "The same for a script"]],
    fullDescription: `Find out why a login or an upload does not work.

Looks at the files, the key, the logins and the browser of this stand. Then
looks at proxy, name, port, certificate, clock, sign-in service and API of
StandCloud. Prints no secrets. Exit code 4: the network is at fault; 3: this
stand is.`,
  },
});
