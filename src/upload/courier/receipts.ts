import {
  array,
  int,
  literal,
  nullable,
  object,
  optional,
  regex,
  safeParse,
  string,
  union,
} from "../../system/schema.ts";
import { AppError } from "../../system/app_error.ts";
import type { Report } from "../report/report.ts";
import { type BundleDocument, storedForm } from "./manifest.ts";

const schema = object({
  digest: string().check(regex(/^[0-9a-f]{64}$/)),
  address: string(),
  outcome: union([
    literal("uploaded"),
    literal("already_uploaded"),
    literal("rejected"),
    literal("invalid"),
    literal("waiting"),
  ]),
  "http_status": nullable(int()),
  "test_run_id": nullable(string()),
  time: string().check(regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/)),
  source: string(),
  bytes: int(),
  "serial_number": nullable(string()),
  "part_number": nullable(string()),
  form: optional(storedForm),
  "run_key": optional(nullable(string())),
  place: optional(nullable(string())),
  reason: nullable(string()),
  issues: array(object({ path: string(), message: string() })),
});

type ReceiptLine = NonNullable<
  ReturnType<typeof safeParse<typeof schema>>["data"]
>;

/** What became of a document of a bundle: a line of the receipts, as it stands in the file. */
export type Receipt = Readonly<ReceiptLine>;

/** Of a receipts file, in bytes. */
export const RECEIPTS_LIMIT = 400 * 1024 * 1024;

export function receiptOf(
  report: Report,
  document: BundleDocument,
  { address, time }: { address: string; time: Date },
): Receipt {
  return {
    digest: document.digest,
    address,
    outcome: report.outcome as Receipt["outcome"],
    "http_status": report.httpStatus,
    "test_run_id": report.testRunId,
    time: time.toISOString(),
    source: document.source,
    bytes: document.bytes,
    "serial_number": document.serialNumber,
    "part_number": document.partNumber,
    form: document.form,
    "run_key": document.runKey,
    place: document.place,
    reason: report.reason,
    issues: report.issues.filter(({ severity }) => severity === "error")
      .map(({ path, message }) => ({ path, message })),
  };
}

/** @throws `document_invalid` with the line; then nothing of the file counts. */
export function parseReceipts(text: string, file: string): Receipt[] {
  // Nothing was sent, or a stick was pulled too early.
  if (text === "") throw invalid(file, 1, "it is empty");
  const lines = text.split("\n");
  const rest = lines.pop();
  if (!BEGINNING.test(text)) throw noReceipts(file);
  const receipts = lines.map((line, index) => {
    const parsed = safeParse(schema, valueOf(line));
    if (parsed.success) return parsed.data;
    const path = parsed.error.issues[0]?.path.map(String).join("/") ?? "";
    const at = path === "" ? "" : ` (at /${path})`;
    throw invalid(file, index + 1, `it is no receipt${at}`);
  });
  // The last line ends too: one that does not was cut off.
  if (rest !== "") throw invalid(file, lines.length + 1, "it is cut off");
  return receipts;
}

/** Of each receipt, also of one that was cut off. */
const BEGINNING = /^\{"digest":|^\{"?[a-z]*$/;

function noReceipts(file: string): AppError {
  return new AppError(
    "document_invalid",
    `${file}:1:1: "${file}" holds no receipts; nothing of it was taken over`,
    {
      hints: [
        "name the file that ends in .receipts.jsonl: upload of the bundle writes it beside the bundle on the connected PC",
      ],
    },
  );
}

function valueOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function invalid(file: string, line: number, reason: string): AppError {
  return new AppError(
    "document_invalid",
    `${file}:${line}: ${reason}; nothing of it was taken over`,
    {
      hints: [
        "copy the file again from the connected PC; there, move it away and run upload with the bundle again, which writes a new one",
      ],
    },
  );
}

/** Receipts by report and address: the last one counts, but what arrived has arrived. */
export class ReceiptBook {
  readonly #receipts = new Map<string, Receipt>();

  constructor(receipts: Iterable<Receipt> = []) {
    for (const receipt of receipts) this.add(receipt);
  }

  add(receipt: Receipt): void {
    const key = `${receipt.digest} ${receipt.address}`;
    const before = this.#receipts.get(key);
    if (before !== undefined && hasArrived(before)) {
      // The first one tells when and as which run.
      if (before.test_run_id !== null || !hasArrived(receipt)) return;
    }
    this.#receipts.set(key, receipt);
  }

  get size(): number {
    return this.#receipts.size;
  }

  text(): string {
    return Array.from(
      this.#receipts.values(),
      (receipt) => `${JSON.stringify(receipt)}\n`,
    ).join("");
  }
}

export function hasArrived({ outcome }: Receipt): boolean {
  return outcome === "uploaded" || outcome === "already_uploaded";
}
