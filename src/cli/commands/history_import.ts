import {
  type Imported,
  importReceipts,
} from "../../upload/courier/import_receipts.ts";
import {
  parseReceipts,
  RECEIPTS_LIMIT,
} from "../../upload/courier/receipts.ts";
import { isZipName, receiptsPath } from "../../sources/bundle_names.ts";
import { AppError } from "../../system/app_error.ts";
import { openLedger } from "../../upload/ledger/open_ledger.ts";
import type { CommonFlags } from "../flags.ts";
import type { Event } from "../events/event.ts";
import type { CommandInput } from "../command_input.ts";

export type ImportFlags = CommonFlags;

type Counts = Record<Imported["change"], number>;

/** Takes over what a connected PC says of the documents that were exported here. */
export async function historyImport(
  input: CommandInput<ImportFlags>,
  paths: readonly string[],
): Promise<number> {
  const { system, output } = input;
  const receipts = [];
  for (const path of paths) {
    if (isZipName(path)) throw isBundle(path);
    const bytes = await system.inputFiles.read(path, RECEIPTS_LIMIT);
    receipts.push(...parseReceipts(new TextDecoder().decode(bytes), path));
  }
  const opened = await (await input.stand()).part(openLedger);
  const { ledger } = opened;
  const counts: Counts = {
    uploaded: 0,
    rejected: 0,
    known: 0,
    kept: 0,
    waiting: 0,
  };
  let strangers = 0;
  let exitCode = 0;
  await importReceipts({ ...system, ledger }, receipts, (imported) => {
    output.result(importEvent(imported), [importLine(imported)]);
    counts[imported.change]++;
    if (!imported.isKnown) strangers++;
    exitCode = worse(exitCode, imported);
  });
  if (strangers > 0) {
    output.warn(
      `${strangers} of the reports were not known here: they were exported without an address, or by another stand`,
    );
  }
  const parts = Object.entries(counts).filter(([, count]) => count > 0)
    .map(([change, count]) => `${count} ${change}`);
  output.result({ event: "import_summary", ...counts, unknown: strangers }, [
    parts.join(", "),
  ]);
  return exitCode;
}

function isBundle(path: string): AppError {
  return new AppError(
    "document_invalid",
    `"${path}" is a bundle, and not its receipts`,
    { hints: [`give "${receiptsPath(path)}", which upload wrote beside it`] },
  );
}

/** As of an upload: refused before waiting, both of which a script must see. */
function worse(
  exitCode: number,
  { receipt: { outcome }, change, isBusy }: Imported,
): number {
  if (change === "kept") return exitCode;
  if (isBusy || outcome === "waiting") return exitCode === 0 ? 6 : exitCode;
  return outcome === "rejected" || outcome === "invalid" ? 5 : exitCode;
}

const BUSY = "being sent right now; import again";

function importEvent({ receipt, change, isKnown, isBusy }: Imported): Event {
  return {
    event: "imported",
    ...receipt,
    ...(isBusy && { reason: BUSY }),
    change,
    "known_before": isKnown,
  };
}

function importLine({ receipt, change, isKnown, isBusy }: Imported): string {
  const { source, serial_number: serial, test_run_id: run } = receipt;
  const facts = [
    ...(serial === null ? [] : [`serial number ${serial}`]),
    ...(run === null ? [] : [`run ${run}`]),
    ...(change === "uploaded" ? [] : [`the receipt says ${receipt.outcome}`]),
    ...(isBusy ? [BUSY] : []),
    ...(receipt.reason === null ? [] : [receipt.reason]),
    ...receipt.issues.map(({ path, message }) => `${path} ${message}`.trim()),
    ...(isKnown ? [] : ["not known here before"]),
  ];
  const details = facts.length === 0 ? "" : ` (${facts.join(", ")})`;
  return `${change.padEnd(8)}  ${source}${details}`;
}
