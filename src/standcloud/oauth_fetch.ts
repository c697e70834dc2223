import type { Service } from "./service.ts";

const TIMEOUT_MILLISECONDS = 20_000;

interface FetchOptions {
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body?: unknown;
}

/** The `fetch` that the OAuth library is given: our client, with its limits. */
export function oauthFetch(
  { http }: Service,
  signal: AbortSignal | undefined,
): (url: string, options: FetchOptions) => Promise<Response> {
  return async (url, { method, headers, body }) => {
    const answer = await http.send(url, {
      method,
      headers,
      ...(body instanceof URLSearchParams && { body: body.toString() }),
      timeoutMilliseconds: TIMEOUT_MILLISECONDS,
      ...(signal && { signal }),
    });
    // A Response of a status like 204 may not have a body, not even an empty one.
    return new Response(answer.body.length === 0 ? null : answer.body, {
      status: answer.status,
      headers: answer.headers,
    });
  };
}
