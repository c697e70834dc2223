import type { KeyFlags } from "../commands/key.ts";
import { commonFlags, toggle } from "../flags.ts";
import { perform } from "../perform.ts";
import { buildCommand } from "../stricli.ts";
import type { CliContext } from "../context.ts";

/** `standcloud key`. */
export const keyCommand = buildCommand<KeyFlags, [], CliContext>({
  loader: async () => {
    const { key } = await import("../commands/key.ts");
    return function (flags) {
      return perform(this, flags, key);
    };
  },
  parameters: {
    flags: {
      rotate: toggle("Make a new key and seal every stored login to it"),
      ...commonFlags,
    },
  },
  docs: {
    brief: "Print this stand's public key",
    customUsage: ["[FLAGS]"],
    fullDescription: `Print this stand's public key (an age recipient).

Whoever has it can write a login that only this stand can open: sc-login --for.
--rotate makes a new key. Where a key file or a passphrase is given, it seals
every login with that instead, and opens it with whichever key was used before:
the one of this stand, or another one that is given too. What was written for
the old public key can then not be opened any more.`,
  },
});
