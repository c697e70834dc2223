/** A stored artifact of oidc-provider: the fields that the store itself looks at, and others. */
export interface Payload {
  [field: string]: unknown;
  exp?: number;
  grantId?: string;
  scope?: string;
  uid?: string;
  userCode?: string;
  consumed?: number;
}

/** The storage interface that oidc-provider calls (its documentation, "adapter"). */
export interface StoreAdapter {
  upsert(id: string, payload: Payload, expiresIn?: number): Promise<void>;
  find(id: string): Promise<Payload | undefined>;
  findByUid(uid: string): Promise<Payload | undefined>;
  findByUserCode(userCode: string): Promise<Payload | undefined>;
  consume(id: string): Promise<void>;
  destroy(id: string): Promise<void>;
  revokeByGrantId(grantId: string): Promise<void>;
}

/** How long a pushed request lives for oidc-provider. */
const fixedPushedRequestSeconds = 60;
/** How much longer it lives for Authelia, at its default of 300 seconds. */
export const extraPushedRequestSeconds = 240;

/** Seconds since 1970, as OAuth counts. */
export function epochSeconds(): number {
  return Math.floor(Date.now() / 1000);
}

/** Everything the authorization server remembers, in memory. */
export class Store {
  readonly #models = new Map<string, Map<string, Payload>>();
  readonly #pushedRequestSeconds: number;
  /** The audience that was granted, by grant id. */
  readonly audiences: Map<string, string> = new Map();

  constructor(pushedRequestSeconds: number) {
    this.#pushedRequestSeconds = pushedRequestSeconds;
  }

  /** The artifacts of one kind (`AccessToken`, `RefreshToken`, `Grant`…) by id. */
  model(name: string): Map<string, Payload> {
    const known = this.#models.get(name);
    if (known) return known;
    const created = new Map<string, Payload>();
    this.#models.set(name, created);
    return created;
  }

  /** Ends every artifact of the kind that belongs to the grant. */
  revoke(name: string, grantId: string): void {
    const model = this.model(name);
    for (const [id, payload] of model) {
      if (payload.grantId === grantId) model.delete(id);
    }
  }

  adapter(name: string): StoreAdapter {
    const model = this.model(name);
    const findBy = (field: "uid" | "userCode", value: string) =>
      Promise.resolve(
        model.values().find((payload) => payload[field] === value),
      );
    return {
      upsert: (id, payload) => {
        if (name === "PushedAuthorizationRequest") this.#setLife(payload);
        model.set(id, payload);
        return Promise.resolve();
      },
      find: (id) => Promise.resolve(model.get(id)),
      findByUid: (uid) => findBy("uid", uid),
      findByUserCode: (userCode) => findBy("userCode", userCode),
      consume: (id) => {
        const payload = model.get(id);
        if (payload) payload.consumed = epochSeconds();
        return Promise.resolve();
      },
      destroy: (id) => {
        model.delete(id);
        return Promise.resolve();
      },
      revokeByGrantId: (grantId) => Promise.resolve(this.revoke(name, grantId)),
    };
  }

  #setLife(payload: Payload): void {
    if (payload.exp === undefined) return;
    payload.exp += this.#pushedRequestSeconds - fixedPushedRequestSeconds;
  }
}
