import type { Examined } from "../../runs/examine.ts";
import { FormsMet } from "../../runs/forms_met.ts";
import { latestStates } from "../../runs/one_run.ts";
import type { System } from "../../system/system.ts";
import { type Entry, isDone } from "../ledger/entry.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { settledReport } from "../report/known_report.ts";
import type { Report } from "../report/report.ts";
import {
  type Preparation,
  prepare,
  type Prepared,
  type PrepareOptions,
} from "../sources/prepare.ts";
import { documentsOf, Turns } from "../sources/turns.ts";
import type { UploadSource } from "../sources/upload_source.ts";

export interface PlanOptions extends Pick<PrepareOptions, "fillUnknown"> {
  readonly sources: AsyncIterable<UploadSource>;
  /** Where it would go, and what is known of it there. */
  readonly known?: { readonly address: string; readonly ledger: Ledger };
  /** Also what was uploaded or rejected. */
  readonly force: boolean;
  onReport(report: Report): void;
  /** Told of what is no run. */
  onPassedOver(note: string): void;
}

/** What an upload would do with each document, as far as it is known beforehand. */
export class Plan {
  readonly #options: PlanOptions;
  readonly #sources = new Map<string, string>();
  readonly #sent = new FormsMet();
  readonly #held = new FormsMet();

  constructor(options: PlanOptions) {
    this.#options = options;
  }

  /** What is to be done with each document, in the order in which an upload sends them. */
  async *preparations(
    system: System,
    read: (source: UploadSource) => Promise<readonly Examined[]>,
  ): AsyncGenerator<Preparation> {
    const { sources, known, fillUnknown } = this.#options;
    const hasEntriesOfBefore = known?.ledger.hasEntriesOfBefore ?? false;
    const turns = new Turns<UploadSource>((one) => this.#joins(one));
    function* due(documents: readonly Examined[], source: UploadSource) {
      for (const one of documents) {
        const options = { fillUnknown, hasEntriesOfBefore };
        const preparation = prepare(one, source, options);
        const prepared = "prepared" in preparation && preparation.prepared;
        const isHeld = preparation.kind === "held";
        if (prepared && turns.isForLater(prepared, source, { isHeld })) {
          turns.putOff(source, source, prepared.digest);
        } else yield preparation;
      }
    }
    for await (const source of sources) {
      yield* due(latestStates(await read(source)), source);
    }
    for (const files of turns.next()) {
      for (const file of files) {
        yield* due((await documentsOf(file, system)).found, file.source);
      }
    }
  }

  /** Undefined when the document needs no report of its own. */
  reportOf(preparation: Preparation): Report | undefined {
    if (preparation.kind === "ignore") {
      const { note } = preparation;
      if (note !== undefined) this.#options.onPassedOver(note);
      return undefined;
    }
    if (preparation.kind === "report") return preparation.report;
    const { prepared, prepared: { blank } } = preparation;
    const settled = this.#options.force ? undefined : this.#settled(prepared);
    if (settled !== undefined) return settled;
    const twin = this.#sourceOf(prepared);
    if (twin !== undefined) {
      const reason = `the same run as ${twin}`;
      return { ...blank, outcome: "already_uploaded", reason };
    }
    if (preparation.kind === "send") {
      this.#add(prepared);
      return { ...blank, outcome: "would_upload" };
    }
    // Another form of the run was held by a rule: it is said once.
    if (this.#held.othersOf(prepared).length > 0) return undefined;
    this.#held.add(prepared);
    return { ...blank, outcome: "invalid" };
  }

  #add(prepared: Prepared): void {
    this.#sources.set(prepared.digest, prepared.source);
    this.#sent.add(prepared);
  }

  /** The source of the same run, if it is sent already. */
  #sourceOf(prepared: Prepared): string | undefined {
    const known = this.#sources.get(prepared.digest);
    // The same content in another place: the run is not in that place twice.
    if (known !== undefined) this.#sent.add(prepared);
    return known ?? this.#sent.othersOf(prepared)[0]?.source;
  }

  /** Whether it would be taken for another form of a run that is met or known. */
  #joins(prepared: Prepared): boolean {
    if (this.#sources.has(prepared.digest)) return false;
    const { known } = this.#options;
    return [this.#sent, this.#held]
      .some((one) => one.othersOf(prepared).length > 0) ||
      known !== undefined &&
        known.ledger.joins({ ...prepared, address: known.address });
  }

  /** What is said of a run that the ledger knows as done or refused, in this form or another one. */
  #settled(prepared: Prepared): Report | undefined {
    const { known } = this.#options;
    if (known === undefined) return undefined;
    const { address, ledger } = known;
    const key = { ...prepared, address };
    const others = ledger.otherForms(key);
    const entry = settledEntry(ledger, key, others);
    if (entry === undefined) return undefined;
    // An entry of an earlier version does not know its run.
    if (entry.state === "uploaded") this.#add(prepared);
    return settledReport(prepared, entry, others);
  }
}

function settledEntry(
  ledger: Ledger,
  key: Prepared & { readonly address: string },
  others: readonly Entry[],
): Entry | undefined {
  const own = ledger.find(key);
  if (own && (isDone(own) || own.state === "rejected")) return own;
  const { address, formerDigests } = key;
  const former = own === undefined
    ? formerDigests.map((digest) => ledger.find({ address, digest }))
    : [];
  return [...others, ...former].find((one) => one?.state === "uploaded");
}
