import type { BoxKey } from "./age_box.ts";

/** Where the key comes from that seals this stand's logins. */
export interface KeySource {
  /** What the user calls it: a path, or the name of a variable. */
  readonly name: string;
  /** Undefined when the stand has no key yet. */
  key(): Promise<BoxKey | undefined>;
  /** The key, made now when there is none. */
  keyForSealing(): Promise<BoxKey>;
  /** The other keys at hand: they open what was sealed before the source was changed. */
  others(): Promise<NamedKey[]>;
  /**
   * Has everything sealed again by `reseal`: to a new key, where the key is
   * this program's own to change, else to the key as it is now.
   */
  replace(reseal: () => Promise<void>): Promise<void>;
}

export interface NamedKey {
  readonly name: string;
  readonly key: BoxKey;
}
