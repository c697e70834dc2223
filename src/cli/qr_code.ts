import { renderUnicodeCompact } from "uqr";

/**
 * A text as a QR code of half blocks, made for a dark terminal. Undefined when
 * the terminal is too narrow for it.
 */
export function qrLines(text: string, columns: number): string[] | undefined {
  let code: string;
  try {
    code = renderUnicodeCompact(text, { ecc: "L", border: 2 });
  } catch {
    // No QR code holds so long a text.
    return undefined;
  }
  const lines = code.split("\n");
  return lines.some((line) => line.length > columns) ? undefined : lines;
}
