import { digestOf } from "./digest.ts";
import { recogniseForm } from "./document_form.ts";
import type { Issue } from "./issue.ts";
import { positionAt, positionOf } from "./json_position.ts";
import { findSyntaxProblem } from "./json_syntax.ts";
import { checkMandatoryFields } from "./mandatory_fields.ts";
import { wireForm } from "./wire_form.ts";

/** A run document that was read and checked. */
export interface RunDocument {
  /** What to send. */
  readonly wire: string;
  readonly digest: string;
  readonly serialNumber: string | null;
  readonly partNumber: string | null;
  /** Everything the rules found, in the order of the text. */
  readonly issues: readonly Issue[];
}

/** A text that holds no run document, and why. */
export interface NotARun {
  readonly issues: readonly [Issue];
}

/**
 * Reads the text of a run document, in any form that HardPy stores, and checks
 * it by the rules.
 */
export async function readRunDocument(
  bytes: Uint8Array,
): Promise<RunDocument | NotARun> {
  const text = decode(bytes);
  if (text === undefined) {
    return notARun("not-json", "the file is not a UTF-8 text");
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return notJson(text);
  }
  const recognised = recogniseForm(value);
  if ("reason" in recognised) {
    return notARun(
      "not-a-run-document",
      `This is not a run document: ${recognised.reason}`,
    );
  }
  const document = value as Record<string, unknown>;
  const wire = wireForm(text);
  return {
    wire,
    digest: await digestOf(wire),
    ...dutOf(document),
    issues: checkMandatoryFields(document)
      .map((issue) => ({ ...issue, ...positionOf(text, issue.path) }))
      .sort((a, b) => a.line - b.line || a.column - b.column),
  };
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    // Drops a byte order mark.
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function notJson(text: string): NotARun {
  const problem = findSyntaxProblem(text) ??
    { offset: 0, message: "the text is too large or too deep to be read" };
  return notARun(
    "not-json",
    `This is not JSON: ${problem.message}`,
    positionAt(text, problem.offset),
  );
}

function notARun(
  rule: string,
  message: string,
  position = { line: 1, column: 1 },
): NotARun {
  return {
    issues: [{
      severity: "error",
      rule,
      path: "",
      message,
      fix:
        "give the files that HardPy saved: JsonLoader's reports, or storage/runstore/*.json",
      ...position,
    }],
  };
}

function dutOf(
  document: Record<string, unknown>,
): Pick<RunDocument, "serialNumber" | "partNumber"> {
  const dut = document["dut"];
  const text = (key: string) => {
    const value = typeof dut === "object" && dut !== null
      ? (dut as Record<string, unknown>)[key]
      : undefined;
    return typeof value === "string" ? value : null;
  };
  return {
    serialNumber: text("serial_number"),
    partNumber: text("part_number"),
  };
}
