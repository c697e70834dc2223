import assert from "node:assert/strict";
import type { Login } from "../../src/tokens/login.ts";
import type { TokenStore } from "../../src/tokens/token_store.ts";
import { address } from "./logins.ts";

/** One login in memory. Its lock is real: one holder at a time. */
export interface FakeTokenStore extends TokenStore {
  login: Login | undefined;
  /** What was done, in order. */
  readonly calls: string[];
  /** Thrown by the next `save`. */
  saveError: Error | undefined;
}

export function fakeTokenStore(login?: Login): FakeTokenStore {
  let locked: Promise<void> = Promise.resolve();
  const note = (call: string, one: { text: string }) => {
    assert.equal(one.text, address.text);
    store.calls.push(call);
  };
  const store: FakeTokenStore = {
    login,
    calls: [],
    saveError: undefined,
    load(one) {
      note("load", one);
      return Promise.resolve(store.login);
    },
    save(one, next) {
      note("save", one);
      if (store.saveError !== undefined) return Promise.reject(store.saveError);
      store.login = next;
      return Promise.resolve();
    },
    reserve(one) {
      note("reserve", one);
      return Promise.resolve({
        save: (next: Login) => store.save(one, next),
        [Symbol.asyncDispose]: () => Promise.resolve(),
      });
    },
    requireRoom(one) {
      note("requireRoom", one);
      return Promise.resolve();
    },
    has: () => Promise.resolve(store.login !== undefined),
    remove(one) {
      note("remove", one);
      const existed = store.login !== undefined;
      store.login = undefined;
      return Promise.resolve(existed);
    },
    async lock(one) {
      note("lock", one);
      const before = locked;
      const held = Promise.withResolvers<void>();
      locked = held.promise;
      await before;
      return {
        [Symbol.dispose]() {
          note("unlock", one);
          held.resolve();
        },
      };
    },
    list: () => Promise.reject(new Error("list() was not prepared")),
    outline: () => Promise.reject(new Error("outline() was not prepared")),
    reseal: () => Promise.reject(new Error("reseal() was not prepared")),
  };
  return store;
}
