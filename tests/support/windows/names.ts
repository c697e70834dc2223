/** `COM¹` is a device, too. */
const DEVICE =
  /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³]) *(?:\.|$)/i;
const FORBIDDEN = /[<>:"/\\|?*]|\p{Cc}/u;

/**
 * Why Windows makes no file of this name, or one of another name; undefined
 * for a name that it takes as it is.
 */
export function windowsObjection(name: string): string | undefined {
  if (FORBIDDEN.test(name)) return "it holds a character that is refused";
  if (DEVICE.test(name)) return "it is a device";
  if (/[. ]$/.test(name)) return "its end would be left out";
  return name.length > 255 ? "it is too long" : undefined;
}

/** The same for each name of a path with `/` in it. */
export function pathObjection(path: string): string | undefined {
  for (const name of path.split("/")) {
    if (["", ".", ".."].includes(name)) continue;
    const objection = windowsObjection(name);
    if (objection !== undefined) return `"${name}": ${objection}`;
  }
  return undefined;
}

/** Names that Windows refuses, as a document, a bundle or an address may hold them. */
export const REFUSED_NAMES = [
  "CON",
  "nul",
  "Aux.json",
  "com1.txt",
  "LPT9 .x",
  "COM¹",
  "conout$",
  "trailing.",
  "trailing ",
  "a<b",
  "a>b",
  "a:b",
  'a"b',
  "a|b",
  "a?b",
  "a*b",
  "a\\b",
  "a/b",
  "a\u0000b",
  "a\tb",
  "a\u001fb",
] as const;
