import type { Examined } from "../runs/examine.ts";
import { wholeName } from "../sources/whole_name.ts";
import type { Happening } from "./claim.ts";
import { isDone } from "./ledger/entry.ts";
import { settledReport } from "./report/known_report.ts";
import type { Report } from "./report/report.ts";
import { isLive, type UploadSource } from "./sources/upload_source.ts";
import type { UploadContext } from "./upload_context.ts";

/** What is to be done with a document as it was read from its source. */
export function read(
  upload: UploadContext,
  examined: Examined,
  source: UploadSource,
): Happening {
  const { ledger, forms, turns, input: { listener, sources } } = upload;
  const heldAs = isLive(source) ? source.heldAs : undefined;
  // A later state of the run has taken its place in the ledger.
  if (heldAs && !ledger.find(heldAs)) return { event: "not meant" };
  const preparation = upload.prepare(examined, source);
  if (preparation.kind === "ignore") {
    if (preparation.note) listener.passedOver(preparation.note);
    return { event: "not meant" };
  }
  if (preparation.kind === "report") {
    return { event: "not sendable", report: preparation.report };
  }
  const { kind, prepared, prepared: { blank: report } } = preparation;
  const fuller = forms.stateOf(prepared);
  if (fuller === "under way") {
    const reason = "a fuller form is sent first";
    return { event: "fuller form under way", report: { ...report, reason } };
  }
  if (fuller === "waiting") {
    // Later: the fuller form may be uploaded by then, or gone.
    source.tryAgain?.();
    return { event: "fuller form waiting", report };
  }
  // A watch has no end at which the others would be done.
  const isHeld = kind === "held" && sources.until === undefined;
  if (turns.isForLater(prepared, source, { isHeld })) {
    return { event: "not yet", report };
  }
  forms.begin(prepared);
  const event = kind === "held" ? "refused by a rule" : "sendable";
  return { event, report, prepared };
}

/** What the ledger has of HardPy's record does not take the place of a later state any more. */
export function asHeld(
  upload: UploadContext,
  source: UploadSource,
  report: Report,
): UploadSource {
  const heldAs = upload.keyOf(report);
  const isHeld = isLive(source) && heldAs && upload.ledger.find(heldAs);
  return isHeld ? { ...source, heldAs } : source;
}

/** What has become of a document that is gone: another process may have sent it and moved its file. */
export function whenGone(
  upload: UploadContext,
  source: UploadSource,
  report: Report,
): Happening {
  const key = upload.keyOf(report);
  const entry = key && upload.ledger.find(key);
  if (entry?.state === "sending") return { event: "busy" };
  if (entry && (isDone(entry) || entry.state === "rejected")) {
    const name = wholeName(report.source, report.file);
    return {
      event: isDone(entry) ? "known uploaded" : "known rejected",
      report: settledReport({ blank: report, source: name }, entry, []),
    };
  }
  if (report.digest !== null) upload.forms.forget(report.digest);
  // A later state of the run has taken its place in the ledger.
  if (entry === undefined && isLive(source)) return { event: "not meant" };
  const reason = `"${source.name}" is gone, or has changed`;
  return { event: "gone", report: { ...report, reason } };
}
