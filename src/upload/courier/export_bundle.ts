import { basename } from "node:path";
import type { NewArchive } from "../../system/archive.ts";
import type { System } from "../../system/system.ts";
import { examine, type Examined } from "../../runs/examine.ts";
import { Plan, type PlanOptions } from "../plan/plan.ts";
import type { EntryFacts, OnlyCopy } from "../ledger/entry.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { Preparation, Prepared } from "../sources/prepare.ts";
import { type Report, Tally, type UploadResult } from "../report/report.ts";
import { areSameRun } from "../../runs/one_run.ts";
import { examineSettled, hasGone, unsettled } from "../sources/settling.ts";
import type { UploadSource } from "../sources/upload_source.ts";
import { type BundleDocument, manifestText } from "./manifest.ts";
import {
  documentName,
  MANIFEST,
  MANIFEST_DIGEST,
} from "../../sources/bundle_names.ts";
import { sha256Of } from "./sha256.ts";

export interface ExportOptions extends PlanOptions {
  readonly archive: NewArchive;
  /** For the ledger: what the archive is called. */
  readonly path: string;
}

interface Exported {
  readonly report: Report;
  readonly facts: EntryFacts & { readonly digest: string };
  readonly document: OnlyCopy | undefined;
}

/**
 * Writes what an upload would send into a bundle, each run once, byte for byte
 * as it would be sent. What is exported is told, and waits in the ledger, once
 * the bundle has its name. Where there is nothing to export there is none.
 *
 * @throws `output_unwritable`
 */
export async function exportRuns(
  system: System,
  options: ExportOptions,
): Promise<UploadResult> {
  const { clock, interrupted } = system;
  const tally = new Tally(clock);
  const say = (report: Report) => {
    tally.add(report);
    options.onReport(report);
  };
  const bundle = new BundleDraft(options);
  const plan = new Plan(options);
  const all = plan.preparations(
    system,
    (source) => examineWhole(system, source),
  );
  for await (const preparation of all) {
    interrupted.throwIfAborted();
    const report = await bundle.add(preparation, plan.reportOf(preparation));
    if (report !== undefined) say(report);
  }
  const at = clock.now();
  for (const report of await bundle.finish(at)) say(report);
  return tally.result();
}

/** A file that somebody is still writing is waited for. */
async function examineWhole(
  { clock, interrupted }: System,
  source: UploadSource,
): Promise<Examined[]> {
  const examined = await examine(source, { now: clock.now() });
  if (await hasGone(examined, source)) return [];
  const reason = await unsettled(examined, source);
  if (reason === undefined || reason === "history") return examined;
  const last = await examineSettled(source, { clock, signal: interrupted });
  // HardPy's next run may have taken its place.
  const isReplaced = reason === "record" && !areSameRun(examined, last);
  return isReplaced ? examined : last;
}

class BundleDraft {
  readonly #options: ExportOptions;
  readonly #documents: BundleDocument[] = [];
  readonly #exported: Exported[] = [];

  constructor(options: ExportOptions) {
    this.#options = options;
  }

  /**
   * @param report what an upload would do with it.
   * @returns what is to be said of it now; undefined when it is in the bundle.
   */
  async add(
    preparation: Preparation,
    report: Report | undefined,
  ): Promise<Report | undefined> {
    if (preparation.kind === "held" && report?.outcome === "invalid") {
      await this.#hold(preparation.prepared);
    }
    if (preparation.kind !== "send" || report?.outcome !== "would_upload") {
      return report;
    }
    await this.#write(preparation.prepared);
    return undefined;
  }

  /** As an upload would: the person who has to mend it finds it in the history. */
  async #hold(prepared: Prepared): Promise<void> {
    const { known } = this.#options;
    if (known === undefined) return;
    const { address, ledger } = known;
    const { blank: { issues }, onlyCopy: document } = prepared;
    await ledger.hold({ ...prepared, address }, { issues, document });
  }

  async #write(prepared: Prepared): Promise<void> {
    const { body, digest, bytes, source, form, onlyCopy } = prepared;
    const { serialNumber, partNumber, isFilled, runKey, lookUpKey } = prepared;
    const numbers = { serialNumber, partNumber };
    const place = prepared.place ?? null;
    const keys = { runKey: runKey ?? null, lookUpKey: lookUpKey ?? null };
    const run = { form, place, ...keys };
    const facts = { digest, bytes, source, isFilled, ...numbers, ...run };
    const { archive, known } = this.#options;
    await archive.add(documentName(digest), body);
    const entry = known?.ledger.find({ address: known.address, digest });
    this.#documents.push({
      ...facts,
      mayBeStored: entry?.isUnknown,
      sha256: await sha256Of(body),
      testStand: prepared.identity.standName,
    });
    const report = { ...prepared.blank, outcome: "exported" as const, bytes };
    this.#exported.push({ report, facts, document: onlyCopy });
  }

  async finish(at: Date): Promise<Report[]> {
    const { archive, known, path } = this.#options;
    if (this.#exported.length === 0) return [];
    const address = known?.address ?? null;
    this.#markLookAlikes();
    const manifest = new TextEncoder().encode(
      manifestText({ exportedAt: at.toISOString(), address }, this.#documents),
    );
    const line = `${await sha256Of(manifest)}  ${MANIFEST}\n`;
    await archive.add(MANIFEST, manifest);
    await archive.add(MANIFEST_DIGEST, new TextEncoder().encode(line));
    await archive.finish();
    const when = `${at.toISOString().slice(0, 19)}Z`;
    const cause = `exported to "${basename(path)}" at ${when}`;
    if (known !== undefined) await this.#keep(known, cause);
    return this.#exported.map(({ report }) => report);
  }

  /** Which of them other documents are forms of cannot be told any more. */
  #markLookAlikes(): void {
    const runs = Map.groupBy(this.#exported, ({ facts }) => facts.runKey);
    for (const [index, exported] of this.#exported.entries()) {
      const { facts } = exported;
      const document = this.#documents[index];
      const isAlone = runs.get(facts.runKey)?.length === 1;
      if (facts.runKey === null || isAlone || !document) continue;
      this.#exported[index] = {
        ...exported,
        facts: { ...facts, runKey: null },
      };
      this.#documents[index] = { ...document, isLookAlike: true };
    }
  }

  /** They wait until their receipts come back; from now on somebody else may send them. */
  async #keep(
    { address, ledger }: { address: string; ledger: Ledger },
    cause: string,
  ): Promise<void> {
    for (let at = 0; at < this.#exported.length; at += AT_ONCE) {
      await Promise.all(
        this.#exported.slice(at, at + AT_ONCE).map(({ facts, document }) =>
          ledger.keep({ ...facts, address, mayBeStored: true }, {
            cause,
            document,
          })
        ),
      );
    }
  }
}

/** Entries in one transaction. */
const AT_ONCE = 1000;
