import { timingSafeEqual } from "node:crypto";
import type { PendingAuthorization } from "../standcloud/authorization_code.ts";
import { readLimited } from "../system/terminal.ts";

/** The path of the redirect URI; it is registered with the service. */
export const CALLBACK_PATH = "/oauth2/callback";

/** No authorization response is near this. */
const SIZE_LIMIT = 16 * 1024;

/** The answer to an authorization request of ours. */
export interface AuthorizationResponse {
  readonly pending: PendingAuthorization;
  readonly parameters: URLSearchParams;
}

/** An authorization response, or the HTTP status to refuse a stray request with. */
export type CallbackRequest =
  | AuthorizationResponse
  | { readonly refused: number };

/**
 * Reads a request to the loopback server. Only a navigation to our own path
 * and host, by GET with a query or by POST with a form (response mode
 * `form_post`), that carries the `state` of one of our requests is an
 * authorization response; any page on the internet can make a browser send the
 * others.
 */
export async function readCallback(
  request: Request,
  expected: { host: string; pending: readonly PendingAuthorization[] },
): Promise<CallbackRequest> {
  const refused = strayStatus(request, {
    host: expected.host,
    path: CALLBACK_PATH,
    methods: ["GET", "POST"],
  });
  if (refused !== undefined) return { refused };
  const url = new URL(request.url);
  if (url.search.length > SIZE_LIMIT) return { refused: 414 };
  const parameters = request.method === "GET"
    ? url.searchParams
    : await readForm(request);
  if (parameters === undefined) return { refused: 400 };
  return authorizationResponse(parameters, expected.pending) ??
    { refused: 400 };
}

/**
 * The HTTP status to refuse a request with; undefined when it is a navigation
 * to this host and path, by one of the methods.
 */
export function strayStatus(
  request: Request,
  { host, path, methods }: {
    host: string;
    path: string;
    methods: readonly string[];
  },
): number | undefined {
  if (request.headers.get("host") !== host) return 421;
  if (URL.parse(request.url)?.pathname !== path) return 404;
  if (!methods.includes(request.method)) return 405;
  const mode = request.headers.get("sec-fetch-mode");
  return mode === null || mode === "navigate" ? undefined : 403;
}

/** Undefined when the parameters answer none of the requests that are pending. */
export function authorizationResponse(
  parameters: URLSearchParams,
  pending: readonly PendingAuthorization[],
): AuthorizationResponse | undefined {
  if (hasDuplicate(parameters)) return undefined;
  // Before anything else is looked at: without it, it is not for us.
  const state = parameters.get("state") ?? "";
  const asked = pending.find((one) => isEqual(state, one.state.reveal()));
  const isOutcome = parameters.has("code") || parameters.has("error");
  return asked !== undefined && isOutcome
    ? { pending: asked, parameters }
    : undefined;
}

/**
 * Whether the pushed request was too old when the person pressed Accept. That
 * ends its page only: a newer page may end the login well.
 */
export function isTooOld({ parameters }: AuthorizationResponse): boolean {
  return parameters.get("error") === "invalid_request_uri";
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
