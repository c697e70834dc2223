import type { Validated, Validation } from "../inspect/validate_runs.ts";
import { junitXml } from "./junit_text.ts";
import { sarifLog } from "./sarif_text.ts";

/** What a report of all documents tells of one; texts of documents are let go. */
export type Checked = Pick<Validated, "source" | "file" | "issues">;

/** The formats of `validate` that are one text about all documents. */
export const wholeReports = {
  junit: junitXml,
  sarif: sarifLog,
} satisfies Record<
  string,
  (documents: readonly Checked[], result: Validation) => string
>;
