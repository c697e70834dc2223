import { recipientOf } from "../../tokens/age_box.ts";
import type { KeySource } from "../../tokens/key_source.ts";
import { type CheckItem, failed, ok, warning } from "./check_item.ts";

/** The key that seals the logins. */
export async function* checkKey(keys: KeySource): AsyncGenerator<CheckItem> {
  try {
    const key = await keys.key();
    if (key === undefined) {
      yield ok("key", `"${keys.name}" will be made by the first login`);
    } else if ("passphrase" in key) {
      yield ok("key", `a passphrase (${keys.name})`);
    } else {
      const recipient = await recipientOf(key.identities);
      yield ok("key", `"${keys.name}" (${recipient})`);
      const count = key.identities.length;
      if (count > 1) {
        yield warning(
          "key",
          `it holds ${count} identities: a change of the key was cut off, or they are yours`,
          "run: standcloud key --rotate",
        );
      }
    }
  } catch (error) {
    yield failed("key", error);
  }
}
