import type { Environment } from "./environment.ts";

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

/** `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY`, in capitals or not. */
export function environmentProxies(environment: Environment): Proxies {
  const all = environment.get("ALL_PROXY") ?? environment.get("all_proxy");
  const https = environment.get("HTTPS_PROXY") ??
    environment.get("https_proxy") ?? all;
  const http = environment.get("HTTP_PROXY") ??
    environment.get("http_proxy") ?? all;
  const except = environment.get("NO_PROXY") ?? environment.get("no_proxy");
  return {
    async routeOf(url) {
      const text = url.protocol === "https:" ? https : http;
      if (text === undefined) return {};
      if (except !== undefined) {
        // Only who has a proxy pays for it at start-up.
        const { isExcepted } = await import("./no_proxy.ts");
        if (isExcepted(url, except)) return { isExcepted: true };
      }
      const hasScheme = /^[\w+.-]+:\/\//.test(text);
      const proxy = URL.parse(hasScheme ? text : `http://${text}`);
      return proxy === null ? {} : { proxy };
    },
  };
}
