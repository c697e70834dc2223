import { AppError } from "./app_error.ts";
import type { Environment, EnvironmentVariable } from "./environment.ts";

/** How a request travels. */
export interface Route {
  /** The proxy's own URL, perhaps with a user and a password. */
  readonly proxy?: URL;
  /** There is a proxy, but not for this request. */
  readonly isExcepted?: boolean;
}

/** Which proxy carries a request, as the environment says. */
export interface Proxies {
  routeOf(url: URL): Promise<Route>;
}

export const noProxies: Proxies = { routeOf: () => Promise.resolve({}) };

/**
 * `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY`, in capitals or not. `routeOf`
 * throws `config_invalid` for what is no proxy's URL: what is to go through a
 * proxy must not go past it without a word.
 */
export function environmentProxies(environment: Environment): Proxies {
  const read = (upper: EnvironmentVariable, lower: EnvironmentVariable) =>
    [upper, lower].map((name) => ({ name, text: environment.get(name) }));
  // At once: a value that is no text is told before anything else happens.
  const https = read("HTTPS_PROXY", "https_proxy");
  const all = read("ALL_PROXY", "all_proxy");
  const none = read("NO_PROXY", "no_proxy");
  return {
    async routeOf(url) {
      const proxy = valueOf(https) ?? valueOf(all);
      // Only loopback addresses are asked without TLS: no proxy is to see that.
      if (proxy === undefined || url.protocol === "http:") return {};
      const except = valueOf(none);
      if (except !== undefined) {
        // Only who has a proxy pays for it at start-up.
        const { isExcepted } = await import("./no_proxy.ts");
        if (isExcepted(url, except.text)) return { isExcepted: true };
      }
      return { proxy: proxyOf(proxy) };
    },
  };
}

interface Value {
  readonly name: EnvironmentVariable;
  readonly text: string;
}

/** @throws `config_invalid` when the two spellings of a name do not agree: programs differ in which one counts. */
function valueOf(
  spellings: readonly { name: EnvironmentVariable; text: string | undefined }[],
): Value | undefined {
  const [first, other] = spellings.flatMap(({ name, text }) =>
    text === undefined ? [] : [{ name, text }]
  );
  if (first && other && first.text !== other.text) {
    throw new AppError(
      "config_invalid",
      `${first.name} and ${other.name} differ`,
      { hints: ["unset one of them, or give both the same value"] },
    );
  }
  return first;
}

/** Those that the runtime knows. */
const SCHEMES = ["http:", "https:", "socks5:", "socks5h:"];

/** What a URL may hold without being changed by its parser. */
const AS_IT_STANDS = /^(?:[\w.~:/@!$&()*+,;=[\]-]|%[0-9a-f]{2})+$/i;

/** The value may hold a password, so the error leaves it out. */
function proxyOf({ name, text }: Value): URL {
  const full = /^[\w+.-]+:\/\//.test(text) ? text : `http://${text}`;
  const proxy = URL.parse(full);
  if (proxy !== null && AS_IT_STANDS.test(text) && isWhole(proxy, full)) {
    return proxy;
  }
  throw new AppError("config_invalid", `${name} is not the URL of a proxy`, {
    hints: [
      `write ${name} as http://USER:PASSWORD@HOST:PORT, without path, quotes and blanks, or unset it`,
      "write other characters of a user or password as % and two hex digits",
    ],
  });
}

/** Whether the parts that are used are all there is: no path, no host or port that is rewritten, no user that cannot be read. */
function isWhole(proxy: URL, text: string): boolean {
  const { protocol, username, password, hostname, port } = proxy;
  const [, user = "", host, typedPort] =
    /^[^/]+\/\/(?:(.*)@)?(\[[^\]]*\]|[^:@[\]]*)(?::(\d+))?\/?$/.exec(text) ??
      [];
  const isPort = typedPort === undefined ||
    (port === "" ? /^(?:80|443)$/.test(typedPort) : port === typedPort);
  // SOCKS knows no user without a password (RFC 1929).
  const isUser = !protocol.startsWith("socks") || (!username === !password);
  return SCHEMES.includes(protocol) && host?.toLowerCase() === hostname &&
    isPort && port !== "0" && isUser && !user.includes("/") &&
    [username, password].every(isReadable);
}

/** Whether it is UTF-8 behind its percent signs, without control characters. */
function isReadable(text: string): boolean {
  try {
    // deno-lint-ignore no-control-regex -- they are what this is about
    return !/[\0-\x1f\x7f]/.test(decodeURIComponent(text));
  } catch {
    return false;
  }
}
