import { AppError, messageOf } from "./app_error.ts";
import { readLimited } from "./terminal.ts";

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** Empty when it did not come whole. */
  readonly body: Uint8Array<ArrayBuffer>;
  /** False when the connection broke off within the body, or it was too large. The status counts all the same. */
  readonly isWhole: boolean;
}

export interface HttpRequest {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  readonly timeoutMilliseconds: number;
  /** Aborts the request; leave it out where losing the answer would lose something. */
  readonly signal?: AbortSignal;
}

export interface HttpClient extends Disposable {
  /**
   * Sends one request. Never follows a redirect (a bearer token must not
   * travel on, and a sign-in page is not an answer).
   *
   * @throws `HttpFailure` when no answer came.
   */
  send(url: string, request: HttpRequest): Promise<HttpAnswer>;
}

/** Why there was no answer. */
export type HttpFailureReason =
  | "timeout"
  | "unknown_host"
  | "refused"
  | "certificate"
  | "certificate_from_future"
  | "connection";

export class HttpFailure extends Error {
  readonly reason: HttpFailureReason;

  constructor(reason: HttpFailureReason, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = "HttpFailure";
    this.reason = reason;
  }
}

/** No answer of StandCloud is near this; more is an attack or a mistake. */
const ANSWER_LIMIT = 8 * 1024 * 1024;

/**
 * A client over HTTP/1.1 keep-alive: over HTTP/2 each upload in a row stalls
 * for some 50 ms. Trusts `caCertificates` (PEM) besides the system's and
 * Mozilla's; honours the proxy variables.
 *
 * @throws `config_invalid` when an authority cannot be loaded.
 */
export function openHttpClient(
  options: { caCertificates?: string[] } = {},
): HttpClient {
  const client = createClient(options.caCertificates ?? []);
  return {
    send: (url, request) => send(client, url, request),
    [Symbol.dispose]: () => client.close(),
  };
}

function createClient(caCerts: string[]): Deno.HttpClient {
  try {
    return Deno.createHttpClient({ http2: false, caCerts });
  } catch (error) {
    throw new AppError(
      "config_invalid",
      `Cannot load the certificate authorities: ${messageOf(error)}`,
      {
        cause: error,
        hints: ["check --ca-file, STANDCLOUD_CA_FILE and SSL_CERT_FILE"],
      },
    );
  }
}

async function send(
  client: Deno.HttpClient,
  url: string,
  request: HttpRequest,
): Promise<HttpAnswer> {
  const timeout = AbortSignal.timeout(request.timeoutMilliseconds);
  const signals = request.signal ? [timeout, request.signal] : [timeout];
  let response: Response;
  try {
    response = await fetch(url, {
      client,
      method: request.method ?? "GET",
      headers: request.headers ?? {},
      // Deno sends a text a second time, by itself, when the connection closes
      // before the answer: a second report, or a refresh token used twice. A
      // Blob it sends once.
      ...(request.body !== undefined && { body: new Blob([request.body]) }),
      redirect: "manual",
      signal: AbortSignal.any(signals),
    });
  } catch (error) {
    request.signal?.throwIfAborted();
    throw failure(error);
  }
  const { status, headers } = response;
  try {
    const body = response.body === null
      ? new Uint8Array()
      : await readLimited(response.body, ANSWER_LIMIT);
    if (body.length <= ANSWER_LIMIT) {
      return { status, headers, body, isWhole: true };
    }
  } catch {
    request.signal?.throwIfAborted();
  }
  // The status has told what became of a report: it must not be lost.
  return { status, headers, body: new Uint8Array(), isWhole: false };
}

/** @throws `HttpFailure` for an answer whose content is needed and did not come whole. */
export function requireWhole(answer: HttpAnswer): HttpAnswer {
  if (answer.isWhole) return answer;
  throw new HttpFailure("connection", "The answer did not come whole");
}

function failure(error: unknown): HttpFailure {
  if (error instanceof DOMException && error.name === "TimeoutError") {
    return new HttpFailure("timeout", "No answer in time", error);
  }
  const text = wholeMessage(error);
  if (/NotValidYet|not valid yet/i.test(text)) {
    const message = "The certificate is not valid yet";
    return new HttpFailure("certificate_from_future", message, error);
  }
  if (/certificate|UnknownIssuer|NotValidForName/i.test(text)) {
    return new HttpFailure("certificate", certificateProblem(text), error);
  }
  if (/dns error|failed to lookup address/i.test(text)) {
    return new HttpFailure("unknown_host", "The host name is unknown", error);
  }
  if (/connection refused|actively refused/i.test(text)) {
    return new HttpFailure("refused", "The connection was refused", error);
  }
  return new HttpFailure("connection", "The connection failed", error);
}

/** Deno puts the reason of a failed fetch into the message or into its causes. */
function wholeMessage(error: unknown): string {
  return error instanceof Error
    ? `${error.message} ${wholeMessage(error.cause)}`
    : "";
}

function certificateProblem(text: string): string {
  if (/UnknownIssuer|BadSignature/i.test(text)) {
    return "The certificate is signed by an unknown authority";
  }
  if (/Expired/i.test(text)) return "The certificate has expired";
  if (/NotValidForName/i.test(text)) {
    return "The certificate is for another name";
  }
  return "The certificate was refused";
}

/**
 * Starts, on another thread, what the first TLS connection waits for: the
 * runtime's cryptography gathers entropy for some 25 ms when its random
 * generator is first used, and making a key uses it. Meanwhile the command's
 * own code loads.
 */
export function prepareTls(): void {
  crypto.subtle.generateKey({ name: "HMAC", hash: "SHA-256" }, false, ["sign"])
    .catch(() => {});
}
