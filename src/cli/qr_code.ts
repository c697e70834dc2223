import { renderUnicodeCompact } from "uqr";

/** What every terminal has. */
const COLUMNS = 80;

/**
 * A text as a QR code of half blocks, made for a dark terminal. Undefined when
 * it would be wider than a terminal.
 */
export function qrLines(text: string): string[] | undefined {
  let code: string;
  try {
    code = renderUnicodeCompact(text, { ecc: "L", border: 2 });
  } catch {
    // No QR code holds so long a text.
    return undefined;
  }
  const lines = code.split("\n");
  return lines.some((line) => line.length > COLUMNS) ? undefined : lines;
}
