import { requireWhole } from "../system/http_client.ts";
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
  timeoutMilliseconds: number = TIMEOUT_MILLISECONDS,
): (url: string, options: FetchOptions) => Promise<Response> {
  return async (url, { method, headers, body }) => {
    const answer = requireWhole(
      await http.send(url, {
        method,
        headers,
        ...(body instanceof URLSearchParams && { body: body.toString() }),
        timeoutMilliseconds,
        ...(signal && { signal }),
      }),
    );
    // A Response of a status like 204 may not have a body, not even an empty one.
    return new Response(answer.body.length === 0 ? null : answer.body, {
      status: answer.status,
      headers: answer.headers,
    });
  };
}

/**
 * A token answer with what the library refuses put right: it would throw away
 * a token that was issued, and with it the login, for `expires_in` below 0 or
 * `refresh_token` null.
 */
export async function tolerated(response: Response): Promise<Response> {
  if (!response.ok) return response;
  const body = await response.clone().json().catch(() => undefined);
  if (typeof body !== "object" || body === null) return response;
  const { refresh_token: refreshToken, expires_in: expiresIn, ...rest } = body;
  // Some servers write the number as a text; null and "" say nothing.
  const lifetime = Math.max(parseFloat(expiresIn), 0);
  return Response.json({
    ...rest,
    ...(refreshToken !== null && { "refresh_token": refreshToken }),
    ...(!Number.isNaN(lifetime) && { "expires_in": lifetime }),
  }, { status: response.status, headers: response.headers });
}
