import { epochSeconds } from "./store.ts";
import type { State } from "./state.ts";

/**
 * What stands before the API, like Authelia's forward-auth: undefined when the
 * request may pass, else the answer.
 */
export function denyAccess(
  request: Request,
  path: string,
  state: State,
): Response | undefined {
  const token = bearerToken(request.headers);
  const key = token ?? request.headers.get("x-api-key");
  if (key !== null && key !== undefined && state.apiKeys.has(key)) {
    return state.isAllowed ? undefined : plain(403, "Forbidden");
  }
  if (token?.startsWith("authelia_")) {
    const problem = tokenProblem(token, path, state);
    if (problem !== undefined) return invalidToken(problem);
    return state.isAllowed ? undefined : plain(403, "Forbidden");
  }
  if (!wantsPage(request.headers)) return unauthorized();
  return redirectToSignIn(request, state);
}

/** What a browser without a login gets; the status is Authelia's unless another is given. */
export function redirectToSignIn(
  { method, url: target }: Request,
  { address, issuer }: Pick<State, "address" | "issuer">,
  status: number = ["GET", "HEAD", "OPTIONS"].includes(method) ? 302 : 303,
): Response {
  const url = new URL(target);
  const query = new URLSearchParams({
    rd: `https://${address}${url.pathname}${url.search}`,
    rm: method,
  });
  const headers = { location: `${issuer}/?${query}` };
  return new Response(null, { status, headers });
}

/** The token of an `Authorization: Bearer` header (RFC 6750, section 2.1). */
export function bearerToken(headers: Headers): string | undefined {
  return headers.get("authorization")?.match(/^Bearer +(\S+)$/i)?.[1];
}

function tokenProblem(
  token: string,
  path: string,
  state: State,
): string | undefined {
  const payload = state.store.model("AccessToken").get(token);
  if (payload === undefined) {
    return "The access token is unknown or was revoked.";
  }
  if ((payload.exp ?? 0) <= epochSeconds()) {
    return "The access token is expired.";
  }
  if (!payload.scope?.split(" ").includes("authelia.bearer.authz")) {
    return "The access token lacks the scope 'authelia.bearer.authz'.";
  }
  const audience = state.store.audiences.get(payload.grantId ?? "");
  const url = `https://${state.address}${path}`;
  const matches = audience !== undefined &&
    (url === audience || url.startsWith(`${audience}/`));
  return matches ? undefined : "The access token is for another audience.";
}

/** RFC 6750, section 3.1. */
export function invalidToken(description: string): Response {
  const challenge =
    `Bearer error="invalid_token",error_description="${description}"`;
  return unauthorized({ "www-authenticate": challenge });
}

function unauthorized(headers: Record<string, string> = {}): Response {
  return plain(401, "Unauthorized", headers);
}

function plain(
  status: number,
  text: string,
  headers: Record<string, string> = {},
): Response {
  return new Response(`${status} ${text}`, {
    status,
    headers: { "content-type": "text/plain; charset=utf-8", ...headers },
  });
}

function wantsPage(headers: Headers): boolean {
  if (headers.get("x-requested-with") === "XMLHttpRequest") return false;
  const accept = headers.get("accept") ?? "";
  return accept.includes("text/html") || accept.startsWith("*/*");
}
