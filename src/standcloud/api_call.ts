import type { HttpAnswer } from "../system/http_client.ts";
import type { Secret } from "../system/secret.ts";
import { connectionError } from "./connection_error.ts";
import type { Service } from "./service.ts";

export interface CallOptions {
  readonly token: Secret;
  readonly timeoutMilliseconds: number;
  readonly signal?: AbortSignal;
  readonly document?: string;
}

/**
 * Sends one request to the REST API with the token in its header.
 *
 * @throws `unreachable`, `certificate_refused`, …
 */
export async function callApi(
  service: Service,
  path: string,
  options: CallOptions,
): Promise<HttpAnswer> {
  const { token, document, timeoutMilliseconds, signal } = options;
  try {
    return await service.http.send(`${service.address.apiBase}/${path}`, {
      method: document === undefined ? "GET" : "POST",
      headers: {
        "authorization": `Bearer ${token.reveal()}`,
        // Without it the proxy sends a stranger to an HTML page instead of a 401.
        "accept": "application/json",
        ...(document !== undefined && { "content-type": "application/json" }),
      },
      ...(document !== undefined && { body: document }),
      timeoutMilliseconds,
      ...(signal && { signal }),
    });
  } catch (error) {
    throw connectionError(service.address, error);
  }
}

/** Authelia's answers to a request without a good token: 401, or a redirect to its sign-in page. */
export function asksForLogin(service: Service, answer: HttpAnswer): boolean {
  if (answer.status === 401) return true;
  if (answer.status < 300 || answer.status > 399) return false;
  const location = answer.headers.get("location") ?? "";
  const target = URL.parse(location, service.address.origin);
  return target?.href.startsWith(`${service.address.issuer}/`) ?? false;
}
