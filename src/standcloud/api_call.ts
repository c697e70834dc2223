import { AppError } from "../system/app_error.ts";
import type { HttpAnswer } from "../system/http_client.ts";
import type { Secret } from "../system/secret.ts";
import { connectionError } from "./connection_error.ts";
import type { Service } from "./service.ts";

export interface CallOptions {
  readonly token: Secret;
  readonly timeoutMilliseconds: number;
  readonly signal?: AbortSignal;
  readonly document?: Uint8Array<ArrayBuffer>;
  /** Besides those that every call has. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The token is an API key for the integration API, which wants it in `X-API-KEY`. */
  readonly asIntegration?: boolean;
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
  if (!isSendable(token)) throw unsendable(service);
  try {
    const { apiBase, integrationBase } = service.address;
    const base = options.asIntegration ? integrationBase : apiBase;
    const answer = await service.http.send(`${base}/${path}`, {
      method: document === undefined ? "GET" : "POST",
      headers: {
        ...options.headers,
        ...(options.asIntegration
          ? { "x-api-key": token.reveal() }
          : { "authorization": `Bearer ${token.reveal()}` }),
        // Without it the proxy sends a stranger to an HTML page instead of a 401.
        "accept": "application/json",
        ...(document !== undefined && { "content-type": "application/json" }),
      },
      ...(document !== undefined && { body: document }),
      timeoutMilliseconds,
      ...(signal && { signal }),
    });
    return { ...answer, body: without(token, answer.body) };
  } catch (error) {
    throw connectionError(service.address, error);
  }
}

/** What is said of an answer must not tell the token that a server has repeated in it. */
function without(
  token: Secret,
  body: HttpAnswer["body"],
): HttpAnswer["body"] {
  const text = new TextDecoder().decode(body);
  return text.includes(token.reveal())
    ? new TextEncoder().encode(text.replaceAll(token.reveal(), "…"))
    : body;
}

/** Authelia's answers to a request without a good token: 401, or a redirect to its sign-in page. */
export function asksForLogin(service: Service, answer: HttpAnswer): boolean {
  if (answer.status === 401) return true;
  if (answer.status < 300 || answer.status > 399) return false;
  const location = answer.headers.get("location") ?? "";
  const target = URL.parse(location, service.address.origin);
  const page = target === null ? "" : target.origin + target.pathname;
  return `${page}/`.startsWith(`${service.address.issuer}/`);
}

/** For a person: nothing that StandCloud's API says. */
export function isPage({ headers }: HttpAnswer): boolean {
  return /^text\/html\b/i.test(headers.get("content-type") ?? "");
}

/** A token that fits into a header (RFC 6750 section 2.1, generously). */
export function isSendable(token: Secret): boolean {
  return /^[\x21-\x7e]+$/.test(token.reveal());
}

function unsendable({ address }: Service): AppError {
  return new AppError(
    "login_refused",
    `The API key or token for ${address.text} is empty or holds letters that cannot be sent`,
    {
      hints: [
        "check STANDCLOUD_API_KEY, HARDPY_SC_API_KEY and the api_key of hardpy.toml",
      ],
    },
  );
}
