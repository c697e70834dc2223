import { timingSafeEqual } from "node:crypto";
import type { Secret } from "../system/secret.ts";
import { readLimited } from "../system/terminal.ts";

/** The only path the loopback server answers; it is registered with the service. */
export const CALLBACK_PATH = "/oauth2/callback";

/** No authorization response is near this. */
const SIZE_LIMIT = 16 * 1024;

/** The parameters of an authorization response, or the HTTP status to refuse a stray request with. */
export type CallbackRequest =
  | { readonly parameters: URLSearchParams }
  | { readonly refused: number };

/**
 * Reads a request to the loopback server. Only a navigation to our own path
 * and host, by GET with a query or by POST with a form (response mode
 * `form_post`), that carries our `state` is an authorization response; any
 * page on the internet can make a browser send the others.
 */
export async function readCallback(
  request: Request,
  expected: { host: string; state: Secret },
): Promise<CallbackRequest> {
  const url = URL.parse(request.url);
  if (request.headers.get("host") !== expected.host) return { refused: 421 };
  if (url === null || url.pathname !== CALLBACK_PATH) return { refused: 404 };
  if (!["GET", "POST"].includes(request.method)) return { refused: 405 };
  const mode = request.headers.get("sec-fetch-mode");
  if (mode !== null && mode !== "navigate") return { refused: 403 };
  if (url.search.length > SIZE_LIMIT) return { refused: 414 };
  const parameters = request.method === "GET"
    ? url.searchParams
    : await readForm(request);
  if (parameters === undefined) return { refused: 400 };
  if (hasDuplicate(parameters)) return { refused: 400 };
  const state = parameters.get("state") ?? "";
  if (!isEqual(state, expected.state.reveal())) return { refused: 400 };
  const outcome = parameters.has("code") || parameters.has("error");
  return outcome ? { parameters } : { refused: 400 };
}

async function readForm(
  request: Request,
): Promise<URLSearchParams | undefined> {
  const type = request.headers.get("content-type") ?? "";
  if (!/^application\/x-www-form-urlencoded\b/i.test(type)) return undefined;
  if (request.body === null) return undefined;
  const body = await readLimited(request.body, SIZE_LIMIT);
  if (body.length > SIZE_LIMIT) return undefined;
  return new URLSearchParams(new TextDecoder().decode(body));
}

/** RFC 6749 section 3.1: a parameter must not be there twice. */
function hasDuplicate(parameters: URLSearchParams): boolean {
  const names = [...parameters.keys()];
  return new Set(names).size !== names.length;
}

/** Takes the same time wherever the texts differ. */
function isEqual(given: string, expected: string): boolean {
  const [a, b] = [given, expected].map((text) =>
    new TextEncoder().encode(text)
  );
  return a !== undefined && b !== undefined && a.length === b.length &&
    timingSafeEqual(a, b);
}
