import type { KeyFlags } from "../commands/key.ts";
import { commonFlags, toggle } from "../flags.ts";
import { perform } from "../perform.ts";
import { buildCommand } from "../command.ts";

/** `standcloud key`. */
export const keyCommand = buildCommand<KeyFlags, []>({
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
    examples: [["key", "Print the public key of this stand"], [
      "key --rotate",
      "Replace the key",
    ]],
    fullDescription: `Print this stand's public key (an age recipient).

With this key another computer can write a login that only this stand can open:
sc-login --for.

--rotate makes a new key and seals every login with it. With a given key file or
passphrase, it seals every login with that one instead. The old key opens the
logins: that of this stand, or another one that is given, too. A login that was
written for the old public key can then not be opened any more.`,
  },
});
