/**
 * The text of a file that a person wrote: a key, a passphrase, settings. UTF-8,
 * or UTF-16 with a byte order mark, as `>` of Windows PowerShell writes it; the
 * mark is not part of the text.
 */
export function settingsText(bytes: Uint8Array): string {
  return new TextDecoder(encodingOf(bytes)).decode(bytes);
}

function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return "utf-16le";
  return first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
}
