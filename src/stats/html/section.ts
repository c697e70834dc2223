import { type Content, type Html, html, nothing } from "../../page/markup.ts";

/** A part of the page with a title, which the navigation leads to. */
export interface Section {
  readonly id: string;
  readonly title: string;
  /** The title in the navigation, where it is shorter. */
  readonly short?: string;
  /** One sentence below the title. */
  readonly lead?: Content;
  readonly content: Content;
}

export function sectionHtml({ id, title, lead, content }: Section): Html {
  return html`
    <section id="${id}" aria-labelledby="${id}-title">
      <h2 id="${id}-title">${title}</h2>
      ${lead === undefined ? nothing : html`
        <p class="lead">${lead}</p>
      `} ${content}
    </section>
  `;
}

export function note(text: Content): Html {
  return html`
    <p class="note">${text}</p>
  `;
}

/** The first items, and what is said of those that are left. */
export function firstOf<T>(
  items: readonly T[],
  { limit, rest }: { limit: number; rest: (hidden: number) => string },
): { readonly shown: readonly T[]; readonly more: Html } {
  const hidden = items.length - limit;
  return {
    shown: items.slice(0, limit),
    more: hidden > 0 ? note(rest(hidden)) : nothing,
  };
}
