import type { System } from "../../system/system.ts";
import {
  BEGINNING,
  type Change,
  changesNow,
} from "../../sources/couchdb/changes.ts";
import type { CouchDb, DatabaseState } from "../../sources/couchdb/couchdb.ts";
import {
  type StoredDocument,
  storedDocument,
} from "../../sources/couchdb/stored_documents.ts";
import { couchdbSource } from "./couchdb_source.ts";
import { type Mark, SequenceMarks } from "./sequence_marks.ts";
import type { CouchdbSource } from "./upload_source.ts";

/** Keeps how far the changes of a database were read. */
export interface SequenceStore {
  find(database: string): DatabaseState | undefined;
  save(database: string, state: DatabaseState): Promise<void>;
}

export interface FollowedOptions {
  /** Whether a document may be one to give. */
  wants(document: StoredDocument): boolean;
  /** Default: each start begins with the first change. */
  readonly sequences?: SequenceStore | undefined;
}

const SAVE_MILLISECONDS = 1000;
const NOTHING: DatabaseState = { instance: "", sequence: BEGINNING };

/** One database whose changes are followed. */
export class FollowedDatabase {
  readonly name: string;
  readonly #system: System;
  readonly #couchDb: CouchDb;
  readonly #options: FollowedOptions;
  /** How far it is read; undefined as long as it is not there. */
  #state: DatabaseState | undefined;
  #marks = new SequenceMarks();
  #savedAt = -Infinity;
  #saved: string | undefined;
  /** Documents to be given once more. */
  readonly #again = new Map<string, Mark>();

  constructor(
    system: System,
    couchDb: CouchDb,
    { name, ...options }: FollowedOptions & { readonly name: string },
  ) {
    this.#system = system;
    this.#couchDb = couchDb;
    this.name = name;
    this.#options = options;
  }

  /** How far it is read; undefined when it is not there. */
  get sequence(): string | undefined {
    return this.#state?.sequence;
  }

  /**
   * What is to be given once more, and what has changed since the last time.
   * After it was made anew all of it.
   */
  async *news(): AsyncGenerator<CouchdbSource> {
    if (!await this.#look()) return;
    const again = [...this.#again];
    this.#again.clear();
    for (const [id, mark] of again) yield this.#source(id, mark);
    for (let since = this.sequence; since !== undefined;) {
      const changes = await changesNow(this.#couchDb, this.name, since);
      if (changes === undefined) {
        // It was deleted meanwhile, or is another one under the same name.
        this.#begin(NOTHING);
        return;
      }
      yield* this.take(changes);
      since = changes.at(-1)?.sequence;
    }
    await this.save();
  }

  /** The documents of these changes. */
  *take(changes: readonly Change[]): Generator<CouchdbSource> {
    const last = new Map(changes.map((change) => [change.id, change]));
    for (const change of changes) {
      const { id, sequence, isDeleted } = change;
      if (this.#state === undefined) return;
      this.#state = { ...this.#state, sequence };
      const isPassedOver = isDeleted || id.startsWith("_design/") ||
        last.get(id) !== change || !this.#options.wants(this.#document(id));
      if (isPassedOver) this.#marks.pass(sequence);
      else yield this.#source(id, this.#marks.begin(id, sequence));
    }
  }

  /** Makes known how far all runs are done with. */
  async save(): Promise<void> {
    const { reached } = this.#marks;
    const { sequences } = this.#options;
    if (reached === undefined || reached === this.#saved) return;
    if (sequences === undefined || this.#state === undefined) return;
    this.#saved = reached;
    this.#savedAt = this.#system.clock.monotonic();
    const state = { instance: this.#state.instance, sequence: reached };
    await sequences.save(this.#place, state);
  }

  get #place(): string {
    return `${this.#couchDb.url.origin}/${encodeURIComponent(this.name)}`;
  }

  /** False when it is not there. */
  async #look(): Promise<boolean> {
    const { sequences } = this.#options;
    const now = await this.#couchDb.state(this.name);
    const before = this.#state ?? sequences?.find(this.#place);
    if (now === undefined) {
      // Another one may have its name one day.
      if (before !== undefined && before.sequence !== BEGINNING) {
        await sequences?.save(this.#place, NOTHING);
      }
      if (this.#state !== undefined) this.#begin(undefined);
      return false;
    }
    const isKnown = before?.instance === now.instance &&
      numberOf(before.sequence) <= numberOf(now.sequence);
    if (!isKnown) this.#begin({ ...now, sequence: BEGINNING });
    else this.#state ??= before;
    return true;
  }

  #begin(state: DatabaseState | undefined): void {
    this.#state = state;
    this.#marks = new SequenceMarks();
    this.#again.clear();
    this.#saved = undefined;
  }

  #document(id: string): StoredDocument {
    return storedDocument(this.#couchDb, { database: this.name, id });
  }

  #source(id: string, mark: Mark): CouchdbSource {
    const document = this.#document(id);
    const marks = this.#marks;
    let isAgain = false;
    const end = async () => {
      marks.end(id, mark);
      const isDue = marks.isIdle ||
        this.#system.clock.monotonic() - this.#savedAt >= SAVE_MILLISECONDS;
      if (isDue && marks === this.#marks) await this.save();
    };
    return {
      ...couchdbSource(this.#system, document),
      onGone: () => marks.end(id, mark),
      tryAgain: () => {
        if (document.isGone() || marks !== this.#marks) return;
        isAgain = true;
        this.#again.set(id, mark);
      },
      onEnd: () => isAgain ? Promise.resolve() : end(),
    };
  }
}

/** CouchDB 1 counts its changes; since then the count is the beginning of a longer text. */
function numberOf(sequence: string): number {
  return parseInt(sequence, 10) || 0;
}
