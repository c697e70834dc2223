import type { System } from "../system/system.ts";
import { examine } from "../runs/examine.ts";
import type { Ledger } from "./ledger/ledger.ts";
import { type Entry, isDone } from "./ledger/entry.ts";
import { FormsMet } from "../runs/forms_met.ts";
import type { Preparation, Prepared, PrepareOptions } from "./prepare.ts";
import { inTurn, joinsKnown } from "./put_off.ts";
import { settledReport } from "./report/known_report.ts";
import { type Report, Tally, type UploadResult } from "./report/report.ts";
import type { UploadSource } from "./sources/upload_source.ts";

export interface DryRunOptions extends Pick<PrepareOptions, "fillUnknown"> {
  readonly sources: AsyncIterable<UploadSource>;
  /** Where it would go, and what is known of it there. */
  readonly known?: { readonly address: string; readonly ledger: Ledger };
  readonly force: boolean;
  onReport(report: Report): void;
  /** Told of what is no run. */
  onPassedOver(note: string): void;
}

/** Says what `uploadRuns` would do, and does none of it. */
export async function dryRun(
  system: System,
  options: DryRunOptions,
): Promise<UploadResult> {
  const { clock, interrupted } = system;
  const started = clock.monotonic();
  const now = clock.now();
  const tally = new Tally();
  const met = new Planned();
  const all = inTurn(system, {
    ...options,
    read: (source) => examine(source, { now }),
    joins: (prepared) => met.joins(prepared, options.known),
  });
  for await (const { preparation } of all) {
    interrupted.throwIfAborted();
    const report = planned(preparation, { ...options, met });
    if (report === undefined) continue;
    tally.add(report);
    options.onReport(report);
  }
  const seconds = (clock.monotonic() - started) / 1000;
  return { ...tally, seconds, stopped: undefined };
}

/** The runs that a plan has met so far. */
export class Planned {
  readonly #sources = new Map<string, string>();
  readonly #sent = new FormsMet();
  readonly #held = new FormsMet();

  add(prepared: Prepared, isHeld: boolean): void {
    if (isHeld) return this.#held.add(prepared);
    this.#sources.set(prepared.digest, prepared.source);
    this.#sent.add(prepared);
  }

  /** The source of the same run, if it is sent already. */
  sourceOf(prepared: Prepared): string | undefined {
    const known = this.#sources.get(prepared.digest);
    // The same content in another place: the run is not in that place twice.
    if (known !== undefined) this.#sent.add(prepared);
    return known ?? this.#sent.othersOf(prepared)[0]?.source;
  }

  /** Whether it would be taken for another form of a run that is met or known. */
  joins(prepared: Prepared, known: DryRunOptions["known"]): boolean {
    if (this.#sources.has(prepared.digest)) return false;
    const met = [this.#sent, this.#held];
    return met.some((one) => one.othersOf(prepared).length > 0) ||
      known !== undefined && joinsKnown(prepared, known);
  }

  /** Whether another form of the run was held by a rule: it is said once. */
  isHeld(prepared: Prepared): boolean {
    return this.#held.othersOf(prepared).length > 0;
  }
}

type PlanOptions = Pick<DryRunOptions, "known" | "force" | "onPassedOver"> & {
  readonly met: Planned;
};

/** Undefined when the document needs no report of its own. */
export function planned(
  preparation: Preparation,
  options: PlanOptions,
): Report | undefined {
  if (preparation.kind === "ignore") {
    const { note } = preparation;
    if (note !== undefined) options.onPassedOver(note);
    return undefined;
  }
  if (preparation.kind === "report") return preparation.report;
  const { prepared } = preparation;
  const { blank } = prepared;
  const { met } = options;
  const entry = options.force ? undefined : settledEntry(prepared, options);
  if (entry !== undefined) {
    // An entry of an earlier version does not know its run.
    if (entry.state === "uploaded") met.add(prepared, false);
    const others = options.known?.ledger.otherForms({
      ...prepared,
      address: entry.address,
    });
    return settledReport(prepared, entry, others ?? []);
  }
  const twin = met.sourceOf(prepared);
  if (twin !== undefined) {
    const reason = `the same run as ${twin}`;
    return { ...blank, outcome: "already_uploaded", reason };
  }
  const isHeld = preparation.kind === "held";
  if (isHeld && met.isHeld(prepared)) return undefined;
  met.add(prepared, isHeld);
  return { ...blank, outcome: isHeld ? "invalid" : "would_upload" };
}

/** What the ledger knows of a run that is at its end, in this form or another one. */
function settledEntry(
  prepared: Prepared,
  { known }: Pick<DryRunOptions, "known">,
): Entry | undefined {
  if (known === undefined) return undefined;
  const { address, ledger } = known;
  const key = { ...prepared, address };
  const own = ledger.find(key);
  if (own && (isDone(own) || own.state === "rejected")) return own;
  const { formerDigests } = prepared;
  const former = own === undefined
    ? formerDigests.map((digest) => ledger.find({ address, digest }))
    : [];
  return [...ledger.otherForms(key), ...former]
    .find((one) => one?.state === "uploaded");
}
