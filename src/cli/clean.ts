// deno-lint-ignore no-control-regex -- control characters are what this is about
const CONTROL = /[\u0000-\u001f\u007f-\u009f]+/g;
/** Characters that reorder or hide text: bidi controls, zero-width ones, line separators. */
const INVISIBLE = /[\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/**
 * One line of text that cannot steer the terminal, whoever wrote it: a server,
 * a document or a file name.
 */
export function cleanLine(text: string): string {
  return cleanText(text).trimEnd();
}

/** The same for a part of a line. */
export function cleanText(text: string): string {
  return text.replace(CONTROL, " ").replace(INVISIBLE, "");
}

/** User and password in a URL, also one that is no sound URL; but for the words of our own hints. */
const USER_OF_URL =
  /(?<=\b[a-z][a-z\d+.-]*:\/\/)(?!USER:PASSWORD@)(?:[^/?#\n]*|[^\s/:@]*:(?!\d*[/?#])\S*)@/gi;

/** The same without the passwords in URLs: a person may have typed one as an argument. */
export function withoutPasswords(text: string): string {
  return text.replace(USER_OF_URL, "");
}

/** Those that JSON would leave as they are; `JSON.stringify` escapes the others. */
const RAW_IN_JSON =
  /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** The same JSON with escapes for what steers a terminal: it only ever stands inside a string. */
export function cleanJson(json: string): string {
  return json.replace(RAW_IN_JSON, (character) => {
    const code = character.charCodeAt(0).toString(16).padStart(4, "0");
    return `\\u${code}`;
  });
}

/** A field of a megabyte would bury everything else that is said. */
const SHOWN_CHARACTERS = 2000;

/** The beginning of a line that is too long to be read. */
export function shortLine(line: string): string {
  if (line.length <= SHOWN_CHARACTERS) return line;
  const start = line.slice(0, SHOWN_CHARACTERS);
  // Not half of a character.
  return `${start.replace(/[\ud800-\udbff]$/, "")}…`;
}
