/** The cookies of one server, enough of RFC 6265 for a scripted sign-in. */
export class CookieJar {
  readonly #cookies = new Map<
    string,
    { name: string; value: string; path: string }
  >();

  /** Takes what a response sets, and drops what it clears. */
  store(headers: Headers): void {
    for (const line of headers.getSetCookie()) {
      const [pair = "", ...attributes] = line.split(/; */);
      const [name = "", value = ""] = splitAtFirst(pair, "=");
      const fields = new Map(attributes.map((attribute) => {
        const [key = "", text = ""] = splitAtFirst(attribute, "=");
        return [key.toLowerCase(), text];
      }));
      const path = fields.get("path") ?? "/";
      const expires = Date.parse(fields.get("expires") ?? "");
      const key = `${name};${path}`;
      if (expires <= Date.now()) this.#cookies.delete(key);
      else this.#cookies.set(key, { name, value, path });
    }
  }

  /** The `Cookie` header for a path. */
  header(path: string): string {
    return this.#cookies.values()
      .filter((cookie) => path.startsWith(cookie.path))
      .map(({ name, value }) => `${name}=${value}`)
      .toArray()
      .join("; ");
  }
}

function splitAtFirst(text: string, separator: string): string[] {
  const index = text.indexOf(separator);
  return index < 0
    ? [text]
    : [text.slice(0, index), text.slice(index + separator.length)];
}
