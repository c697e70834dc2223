import { AppError } from "../system/app_error.ts";
import type { HttpAnswer, HttpRequest } from "../system/http_client.ts";
import type { HttpStream } from "../system/http_stream.ts";
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
  const { url, request } = requestOf(service, path, options);
  try {
    const answer = await service.http.send(url, request);
    const text = new TextDecoder().decode(answer.body);
    const safe = withoutToken(options.token, text);
    return safe === text
      ? answer
      : { ...answer, body: new TextEncoder().encode(safe) };
  } catch (error) {
    throw connectionError(service.address, error);
  }
}

/** The same for an answer of any size, whose texts the caller passes to `withoutToken()`. */
export async function openApi(
  service: Service,
  path: string,
  options: CallOptions,
): Promise<HttpStream> {
  const { url, request } = requestOf(service, path, options);
  try {
    return await service.http.open(url, request);
  } catch (error) {
    throw connectionError(service.address, error);
  }
}

function requestOf(
  service: Service,
  path: string,
  options: CallOptions,
): { url: string; request: HttpRequest } {
  const { token, document, timeoutMilliseconds, signal } = options;
  if (!isSendable(token)) throw unsendable(service);
  const { apiBase, integrationBase } = service.address;
  const base = options.asIntegration ? integrationBase : apiBase;
  return {
    url: `${base}/${path}`,
    request: {
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
    },
  };
}

/** A server may repeat the token in its answer; the output must not. */
export function withoutToken(token: Secret, text: string): string {
  return text.replaceAll(token.reveal(), "…");
}

/** What every answer begins with. */
export type AnswerHead = Pick<HttpAnswer, "status" | "headers">;

/** Authelia's answers to a request without a good token: 401, or a redirect to its sign-in page. */
export function asksForLogin(service: Service, answer: AnswerHead): boolean {
  if (answer.status === 401) return true;
  if (answer.status < 300 || answer.status > 399) return false;
  const location = answer.headers.get("location") ?? "";
  const target = URL.parse(location, service.address.origin);
  const page = target === null ? "" : target.origin + target.pathname;
  return `${page}/`.startsWith(`${service.address.issuer}/`);
}

/** For a person: nothing that StandCloud's API says. */
export function isPage({ headers }: AnswerHead): boolean {
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
        "check STANDCLOUD_API_KEY and HARDPY_SC_API_KEY, also in .env beside hardpy.toml, and the api_key of hardpy.toml",
      ],
    },
  );
}
