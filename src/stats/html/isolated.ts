import { type Html, html } from "../../page/markup.ts";

/** Nobody reads more of a name; a document may bring a megabyte of it. */
const CHARACTERS = 400;

/** A text that a document, a path or a flag brought: it keeps to its place and to a length. */
export function isolated(whole: string): Html {
  const shown = whole.length <= CHARACTERS
    ? whole
    : `${whole.slice(0, CHARACTERS)}…`;
  return html`
    <bdi>${shown}</bdi>
  `;
}
