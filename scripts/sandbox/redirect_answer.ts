import type { Store } from "./store.ts";

/** The parameters that Authelia adds to the redirect URI, in its order. */
const NAMES = ["code", "iss", "scope", "state"] as const;

/** A redirect that carries a code, as Authelia writes it: with the scope, and in its order. */
export function asAutheliaRedirects(answer: Response, store: Store): Response {
  const location = URL.parse(answer.headers.get("location") ?? "");
  const parameters = location?.searchParams;
  const code = parameters?.get("code");
  if (!location || !parameters || !code) return answer;
  const scope = store.model("AuthorizationCode").get(code)?.scope;
  if (scope !== undefined) parameters.set("scope", scope);
  const ordered = NAMES.flatMap((name) =>
    parameters.getAll(name).map((value) => [name, value])
  );
  location.search = new URLSearchParams(ordered).toString();
  const headers = new Headers(answer.headers);
  headers.set("location", location.href);
  return new Response(answer.body, { status: answer.status, headers });
}
