import type { System } from "../system/system.ts";
import { requireRecipient, sealBoxFor } from "./age_box.ts";
import { formatLogin, type Login } from "./login.ts";
import type { TokenStore } from "./token_store.ts";

/** The name in the file under which the stand is named that may take it over. */
export const HANDED_TO = "handed_to";

/** Keeps one login, for another stand, and nothing on this computer. */
export interface HandOver extends TokenStore, AsyncDisposable {}

/**
 * Makes the file that carries a login to another stand. What logs in saves to
 * it as to any store; it is taken away again when nothing was saved.
 *
 * @param options.recipient what `key` prints on that stand.
 * @throws `usage` when that is none, `output_unwritable` when `path` exists.
 */
export async function handOver(
  system: System,
  options: { recipient: string; path: string },
): Promise<HandOver> {
  const recipient = requireRecipient(options.recipient);
  const file = await system.outputFiles.create(options.path);
  const save = async (_address: unknown, login: Login) => {
    const text = JSON.stringify({
      ...JSON.parse(formatLogin(login)),
      [HANDED_TO]: recipient,
    });
    await file.write(await sealBoxFor(text, recipient));
  };
  const nothing = () => Promise.resolve(undefined);
  return {
    load: nothing,
    outline: nothing,
    reseal: nothing,
    requireRoom: nothing,
    has: () => Promise.resolve(false),
    remove: () => Promise.resolve(false),
    list: () => Promise.resolve([]),
    // Nobody else knows the file.
    lock: () => Promise.resolve({ [Symbol.dispose]: () => {} }),
    save,
    reserve: (address) =>
      Promise.resolve({
        save: (login) => save(address, login),
        [Symbol.asyncDispose]: () => Promise.resolve(),
      }),
    [Symbol.asyncDispose]: () => file[Symbol.asyncDispose](),
  };
}
