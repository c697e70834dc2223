import { AppError } from "../../system/app_error.ts";
import { recipientOf } from "../../tokens/age_box.ts";
import type { KeySource } from "../../tokens/key_source.ts";
import { rotateKey } from "../../tokens/rotate_key.ts";
import type { CommonFlags } from "../flags.ts";
import type { CommandInput } from "../command_input.ts";

export interface KeyFlags extends CommonFlags {
  readonly rotate?: boolean;
}

export async function key(input: CommandInput<KeyFlags>): Promise<number> {
  const { output, flags } = input;
  const { store, keys } = await (await input.stand()).logins();
  if (!flags.rotate) {
    const recipient = await recipientFor(keys);
    if (recipient === undefined) throw noRecipient(keys);
    const { name } = keys;
    output.result(
      { event: "key", recipient, "key_source": name },
      [recipient],
      false,
    );
    return 0;
  }
  const { resealed, problems } = await rotateKey(store, keys);
  for (const problem of problems) output.error(problem);
  const recipient = await recipientFor(keys);
  output.result({
    event: "key",
    recipient: recipient ?? null,
    "key_source": keys.name,
    resealed,
    unreadable: problems.length,
  }, recipient === undefined ? [] : [recipient]);
  if (!flags.json) {
    const logins = resealed === 1 ? "login is" : "logins are";
    output.note(`${resealed} ${logins} sealed with ${keys.name} now`);
  }
  return problems[0]?.exitCode ?? 0;
}

/** Undefined for a passphrase. The stand's own key is made now when there is none. */
async function recipientFor(keys: KeySource): Promise<string | undefined> {
  const box = await keys.keyForSealing();
  return "passphrase" in box ? undefined : await recipientOf(box.identities);
}

function noRecipient({ name }: KeySource): AppError {
  return new AppError("usage", `A passphrase (${name}) has no public key`, {
    hints: ["leave the passphrase out, to use the key file of this stand"],
  });
}
