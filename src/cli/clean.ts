// deno-lint-ignore no-control-regex -- control characters are what this is about
const CONTROL = /[\u0000-\u001f\u007f-\u009f]+/g;
/** Characters that reorder or hide text: bidi controls, zero-width ones, line separators. */
const INVISIBLE = /[\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/**
 * One line of text that cannot steer the terminal, whoever wrote it: a server,
 * a document or a file name.
 */
export function cleanLine(text: string): string {
  return text.replace(CONTROL, " ").replace(INVISIBLE, "").trimEnd();
}
