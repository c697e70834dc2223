import { cleanText, shortLine, withoutPasswords } from "./clean.ts";

/** A text of a document or a path, fit for a report that another program reads. */
export function plainText(text: string): string {
  // Half of a surrogate pair has no form in UTF-8.
  return shortLine(cleanText(withoutPasswords(text)).trimEnd()).toWellFormed();
}
