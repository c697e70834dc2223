import { wholeName } from "../sources/whole_name.ts";
import { examine, type Examined } from "../runs/examine.ts";
import type { Happened } from "./claim_run.ts";
import { isDone } from "./ledger/entry.ts";
import { settledReport } from "./report/known_report.ts";
import type { Report } from "./report/report.ts";
import { keyOf, type Shared } from "./shared.ts";
import {
  isLive,
  keptSource,
  type UploadSource,
} from "./sources/upload_source.ts";

/**
 * The document of a report, from its source, where another run may have taken
 * its place, or as the ledger keeps it. Undefined when it is in neither.
 */
export async function findAgain(
  shared: Shared,
  source: UploadSource,
  report: Report,
): Promise<Examined | undefined> {
  const { system, upload } = shared;
  const now = system.clock.now();
  const same = (await examine(source, { now })).find((one) =>
    one.source === report.source && isRun(one, source, report)
  );
  if (same !== undefined) return same;
  const key = keyOf(shared, report);
  const wire = key && upload.target.ledger.documentOf(key);
  if (wire === undefined) return undefined;
  const [kept] = await examine(keptSource(source.name, wire), { now });
  return kept;
}

/** What the ledger has of HardPy's record does not take the place of a later state any more. */
export function asHeld(
  shared: Shared,
  source: UploadSource,
  report: Report | undefined,
): UploadSource {
  const heldAs = report && keyOf(shared, report);
  const { ledger } = shared.upload.target;
  const isHeld = isLive(source) && heldAs && ledger.find(heldAs);
  return isHeld ? { ...source, heldAs } : source;
}

/** By what the upload knows a document; undefined for what is no run. */
export function digestOf(
  { run }: Pick<Examined, "run">,
  source: UploadSource,
): string | undefined {
  return source.kind === "bundle" ? source.document.digest : run?.digest();
}

/** Whether a document of the source is the one that a report is about. */
function isRun(
  { run }: Examined,
  source: UploadSource,
  { digest }: Report,
): boolean {
  return digestOf({ run }, source) === digest ||
    (run?.formerDigests() ?? []).includes(digest ?? "");
}

/** What has become of a document that is gone: another process may have sent it and moved its file. */
export function whenGone(
  shared: Shared,
  source: UploadSource,
  report: Report,
): Happened {
  const { upload, forms } = shared;
  const key = keyOf(shared, report);
  const entry = key && upload.target.ledger.find(key);
  switch (entry?.state) {
    case "uploaded":
    case "superseded":
    case "rejected": {
      const name = wholeName(report.source, report.file);
      return {
        event: isDone(entry) ? "known uploaded" : "known rejected",
        report: settledReport({ blank: report, source: name }, entry, []),
      };
    }
    case "sending":
      return { event: "busy" };
  }
  if (report.digest !== null) forms.forget(report.digest);
  // A later state of the run has taken its place in the ledger.
  if (entry === undefined && isLive(source)) return { event: "not meant" };
  const reason = `"${source.name}" is gone, or has changed`;
  return { event: "gone", report: { ...report, reason } };
}
