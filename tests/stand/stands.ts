import type { CommonFlags } from "../../src/cli/flags.ts";
import { Output } from "../../src/cli/output.ts";
import { type Session, Stand } from "../../src/stand/stand.ts";
import { parseAddress } from "../../src/standcloud/address.ts";
import { findKeySource } from "../../src/tokens/find_key_source.ts";
import { openTokenStore } from "../../src/tokens/age_files.ts";
import type { FakeSystem } from "../system/fake_system.ts";
import { oauthLogin } from "../tokens/logins.ts";

/** Stores a login for each address. */
export async function logInTo(
  system: FakeSystem,
  ...addresses: string[]
): Promise<void> {
  const keys = await findKeySource(system, undefined);
  const store = openTokenStore(system, keys);
  for (const text of addresses) {
    const login = oauthLogin({ address: text });
    await store.save(parseAddress(text), login);
  }
}

/** @param folder of test plans, as `sc-sync` is given one. */
export function open(
  system: FakeSystem,
  given: string | undefined,
  flags: CommonFlags = {},
  folder = ".",
): Promise<Session> {
  const output = new Output(system.terminal, {
    json: false,
    quiet: false,
    verbose: true,
  });
  return new Stand(system, flags, { tell: output, folders: [folder, "."] })
    .session(given);
}
