/** HTML that may be put into a page as it is. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type Content = string | number | Html | readonly Content[];

const ENTITIES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/**
 * Template tag: every value is escaped and loses what would steer its reader, except what is `Html` already. The line
 * breaks of the template, which are there for its reader, stay out of the page.
 */
export function html(
  strings: TemplateStringsArray,
  ...values: readonly Content[]
): Html {
  let raw = unbroken.get(strings);
  if (raw === undefined) {
    raw = strings.map((text) =>
      text.replace(/(^|>)\s*\n\s*/g, "$1").replace(/\s*\n\s*(<|$)/g, "$1")
        .replace(/\s*\n\s*/g, " ")
    );
    unbroken.set(strings, raw);
  }
  return new Html(String.raw({ raw }, ...values.map(render)));
}

const unbroken = new WeakMap<TemplateStringsArray, string[]>();

export const nothing: Html = new Html("");

function render(value: Content): string {
  if (value instanceof Html) return value.text;
  if (typeof value === "string") return escaped(value);
  return typeof value === "number" ? String(value) : value.map(render).join("");
}

/** Characters that no page needs, and that reorder, hide or break its text. */
const STEERING =
  // deno-lint-ignore no-control-regex -- what must not be there
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff]+/g;

function escaped(text: string): string {
  return text.toWellFormed().replace(STEERING, " ")
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
