import { Attempt, type Claimed } from "./attempt.ts";
import type { Happening } from "./claim.ts";
import { keptUploaded, type Settlement } from "./ledger/entry.ts";
import { sentReport } from "./report/known_report.ts";
import type { Report } from "./report/report.ts";
import type { UploadContext } from "./upload_context.ts";

/** Tries once to bring a claimed run to StandCloud, and settles the claim. */
export async function send(
  upload: UploadContext,
  claimed: Claimed,
): Promise<Happening> {
  const { traffic: { slots, pace }, signal, system: { clock } } = upload;
  const attempt = new Attempt(upload, claimed);
  let startedAt = clock.monotonic();
  let settlement: Settlement;
  try {
    settlement = await slots.use(async () => {
      signal.throwIfAborted();
      startedAt = clock.monotonic();
      return await attempt.run().catch((error) => {
        // Before the next request takes the slot.
        upload.end(error);
        throw error;
      });
    }, () => attempt.isCrowded);
  } catch (error) {
    const report = await settle(upload, claimed, attempt.unsent(error));
    return { event: "stopped", report };
  }
  const report = await settle(upload, claimed, settlement);
  const { state, cause, nextTryAt } = settlement;
  if (state !== "waiting") {
    upload.answered(claimed.prepared);
    return { event: state === "uploaded" ? "arrived" : "refused", report };
  }
  const wait = nextTryAt === null
    ? undefined
    : nextTryAt.getTime() - clock.now().getTime();
  await pace.failed(cause ?? "not sent", { startedAt, wait });
  return { event: "failed", report };
}

async function settle(
  { ledger }: UploadContext,
  { prepared, entry }: Claimed,
  settlement: Settlement,
): Promise<Report> {
  await ledger.settle(entry, keptUploaded(entry, settlement));
  return sentReport(prepared, entry, settlement);
}
