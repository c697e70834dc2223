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
 * Template tag: every value is escaped, except what is `Html` already. The line
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

function escaped(text: string): string {
  return text.toWellFormed()
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
