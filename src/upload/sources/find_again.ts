import { examine, type Examined } from "../../runs/examine.ts";
import type { Clock } from "../../system/clock.ts";
import type { EntryKey } from "../ledger/entry.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { Report } from "../report/report.ts";
import { digestOf } from "./prepare.ts";
import { keptSource, type UploadSource } from "./upload_source.ts";

/** The parts of an upload that are needed to find a document. */
interface Places {
  readonly system: { readonly clock: Clock };
  readonly ledger: Pick<Ledger, "documentOf">;
  keyOf(report: Report): EntryKey | undefined;
}

/**
 * The document of a report, from its source, where another run may have taken
 * its place, or as the ledger keeps it. Undefined when it is in neither.
 */
export async function findAgain(
  source: UploadSource,
  report: Report,
  upload: Places,
): Promise<Examined | undefined> {
  const now = upload.system.clock.now();
  const isRun = ({ run }: Examined) =>
    [digestOf({ run }, source), ...run?.formerDigests() ?? []]
      .includes(report.digest ?? "");
  const same = (await examine(source, { now })).find((one) =>
    one.source === report.source && isRun(one)
  );
  if (same !== undefined) return same;
  const key = upload.keyOf(report);
  const wire = key && upload.ledger.documentOf(key);
  if (wire === undefined) return undefined;
  const [own] = await examine(keptSource(source.name, wire), { now });
  return own;
}
