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
 * `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY`, in capitals or not.
 * `routeOf` throws `config_invalid` for what is no proxy's URL: the runtime
 * would go past the proxy without a word.
 */
export function environmentProxies(environment: Environment): Proxies {
  const first = (...names: EnvironmentVariable[]) =>
    names.find((name) => environment.get(name) !== undefined);
  const https = first("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy");
  const http = first("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy");
  const except = environment.get("NO_PROXY") ?? environment.get("no_proxy");
  return {
    async routeOf(url) {
      const name = url.protocol === "https:" ? https : http;
      if (name === undefined) return {};
      // Only loopback addresses are asked without TLS: no proxy is to see that.
      if (url.protocol === "http:") return { isExcepted: true };
      if (except !== undefined) {
        // Only who has a proxy pays for it at start-up.
        const { isExcepted } = await import("./no_proxy.ts");
        if (isExcepted(url, except)) return { isExcepted: true };
      }
      return { proxy: proxyOf(name, environment.get(name) ?? "") };
    },
  };
}

/** Those that the runtime knows. */
const SCHEMES = ["http:", "https:", "socks5:", "socks5h:"];

/** What a URL must hold as it stands; the runtime changes all else, or ignores the value. */
const AS_IT_STANDS = /^[\w.~:/@!$&()*+,;=%[\]-]+$/;
const ONE_SLASH = /^[\w+.-]+:\/(?!\/)/;

/** The value may hold a password, so the error leaves it out. */
function proxyOf(name: EnvironmentVariable, text: string): URL {
  const hasScheme = /^[\w+.-]+:\/\//.test(text);
  const proxy = URL.parse(hasScheme ? text : `http://${text}`);
  const isExact = AS_IT_STANDS.test(text) && !ONE_SLASH.test(text);
  if (isExact && proxy !== null && SCHEMES.includes(proxy.protocol)) {
    return proxy;
  }
  throw new AppError("config_invalid", `${name} is not the URL of a proxy`, {
    hints: [
      `write ${name} as http://USER:PASSWORD@HOST:PORT, without quotes and blanks, or unset it`,
      "write other characters of a user or password as % and two hex digits",
    ],
  });
}
