import type { System } from "../system/system.ts";
import { examine } from "../runs/examine.ts";
import { settledBefore } from "./deliver.ts";
import type { Ledger } from "./ledger/ledger.ts";
import {
  type Preparation,
  prepareFrom,
  type PrepareOptions,
} from "./prepare.ts";
import { type Report, Tally, type UploadResult } from "./report.ts";
import type { UploadSource } from "./upload_source.ts";

export interface DryRunOptions extends Pick<PrepareOptions, "fillUnknown"> {
  readonly sources: AsyncIterable<UploadSource>;
  /** Where it would go, and what is known of it there. */
  readonly known?: { readonly address: string; readonly ledger: Ledger };
  readonly force: boolean;
  onReport(report: Report): void;
}

/** Says what `uploadRuns` would do, and does none of it. */
export async function dryRun(
  { clock, interrupted }: System,
  options: DryRunOptions,
): Promise<UploadResult> {
  const started = clock.monotonic();
  const now = clock.now();
  const tally = new Tally();
  const seen = new Map<string, string>();
  for await (const source of options.sources) {
    for (const examined of await examine(source, { now })) {
      interrupted.throwIfAborted();
      const preparation = prepareFrom(examined, source, options);
      const report = planned(preparation, { ...options, seen });
      if (report === undefined) continue;
      tally.add(report);
      options.onReport(report);
    }
  }
  const seconds = (clock.monotonic() - started) / 1000;
  return { ...tally, seconds, stopped: undefined };
}

/** Undefined: nobody wants to hear of it. */
export function planned(
  preparation: Preparation,
  { known, force, seen }: Pick<DryRunOptions, "known" | "force"> & {
    seen: Map<string, string>;
  },
): Report | undefined {
  if (preparation.kind === "ignore") return undefined;
  if (preparation.kind !== "send") return preparation.report;
  const { blank, digest, source } = preparation.prepared;
  const entry = known?.ledger.find({ address: known.address, digest });
  const isSettled = entry?.state === "uploaded" || entry?.state === "rejected";
  if (isSettled && !force) {
    return settledBefore({ blank, source }, entry).report;
  }
  const twin = seen.get(digest);
  if (twin !== undefined) {
    const reason = `the same run as ${twin}`;
    return { ...blank, outcome: "already_uploaded", reason };
  }
  seen.set(digest, source);
  return { ...blank, outcome: "would_upload" };
}
