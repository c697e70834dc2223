/** The first form of a page. */
export interface Form {
  action: string;
  /** Values of the hidden inputs. */
  hidden: Record<string, string>;
  /** Names of everything the user may fill in or press. */
  names: Set<string>;
}

/** Reads the first form; made for the pages of the sandbox and oidc-provider, not for any HTML. */
export function firstForm(page: string): Form | undefined {
  const match = /<form\b([^>]*)>(.*?)<\/form>/s.exec(page);
  if (match === null) return undefined;
  const [, attributes = "", content = ""] = match;
  const form: Form = {
    action: attribute(attributes, "action"),
    hidden: {},
    names: new Set(),
  };
  for (const [, tag = ""] of content.matchAll(/<(?:input|button)\b([^>]*)>/g)) {
    const name = attribute(tag, "name");
    if (attribute(tag, "type") === "hidden") {
      form.hidden[name] = attribute(tag, "value");
    } else if (name !== "") form.names.add(name);
  }
  return form;
}

function attribute(tag: string, name: string): string {
  return unescapeHtml(new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? "");
}

function unescapeHtml(text: string): string {
  return text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");
}
