import { ask, type AskOptions, type HttpRequest } from "./ask.ts";
import { CLIENT_CERTIFICATE, HttpFailure } from "./http_failure.ts";
import { type HttpStream, streamOf } from "./http_stream.ts";
import { noProxies, type Proxies } from "./proxies.ts";
import { RequestLimit } from "./request_limit.ts";
import { readLimited } from "./terminal.ts";
import { TlsPeers } from "./tls_peers.ts";
import { Ways } from "./ways.ts";

export type { HttpRequest };

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** Empty when it did not come whole. */
  readonly body: Uint8Array<ArrayBuffer>;
  /** False when the connection broke off within the body, or it was too large. The status counts all the same. */
  readonly isWhole: boolean;
  /** It would not come whole the next time either. */
  readonly isTooLarge?: boolean;
  /** How far this computer's clock is ahead of the `Date` header, if there is one. */
  readonly clockAheadMilliseconds?: number;
}

export interface HttpClient extends Disposable {
  /**
   * Sends one request. Never follows a redirect (a bearer token must not
   * travel on, and a sign-in page is not an answer).
   *
   * @throws `HttpFailure` when no answer came.
   */
  send(url: string, request: HttpRequest): Promise<HttpAnswer>;
  /**
   * The same for an answer of any size. The time limit counts only what the
   * program waits for the next portion, and every portion prolongs it.
   */
  open(url: string, request: HttpRequest): Promise<HttpStream>;
}

/** No answer that is read as a whole is near this; more is an attack or a mistake. */
const ANSWER_LIMIT = 8 * 1024 * 1024;

/**
 * A client over HTTP/1.1 keep-alive: over HTTP/2 each upload in a row stalls
 * for some 50 ms. Trusts `caCertificates` (PEM) besides the system's and
 * Mozilla's.
 *
 * @throws `config_invalid` when an authority cannot be loaded.
 */
export function openHttpClient(
  { caCertificates = [], proxies = noProxies }: HttpClientOptions = {},
): HttpClient {
  const ways = new Ways(caCertificates, proxies);
  const peers = new TlsPeers();
  return {
    send: (text, request) => send(text, request, { ways, peers }),
    open: (text, request) => open(text, request, { ways, peers }),
    [Symbol.dispose]: () => ways[Symbol.dispose](),
  };
}

export interface HttpClientOptions {
  readonly caCertificates?: string[];
  readonly proxies?: Proxies;
}

type Means = Omit<AskOptions, "limit">;

async function open(
  url: string,
  request: HttpRequest,
  means: Means,
): Promise<HttpStream> {
  const { timeoutMilliseconds, signal } = request;
  const limit = new RequestLimit(timeoutMilliseconds, signal);
  try {
    const { response, target } = await ask(url, request, { ...means, limit });
    return streamOf(response, { limit, target, signal });
  } catch (error) {
    limit[Symbol.dispose]();
    throw error;
  }
}

async function send(
  url: string,
  request: HttpRequest,
  means: Means,
): Promise<HttpAnswer> {
  const { timeoutMilliseconds, signal } = request;
  const limit = new RequestLimit(timeoutMilliseconds, signal);
  using _limit = limit;
  const { response } = await ask(url, request, { ...means, limit });
  const { status, headers } = response;
  const head = { status, headers, ...clockBeside(headers) };
  // The status has told what became of a report: it must not be lost.
  const broken = { ...head, body: new Uint8Array(), isWhole: false };
  try {
    // As in http_stream.ts: the runtime may have forgotten the signal.
    const body = await limit.within(bodyOf(response));
    if (status === 400) requireNoCertificate(body);
    return body.length <= ANSWER_LIMIT
      ? { ...head, body, isWhole: true }
      : { ...broken, isTooLarge: true };
  } catch (error) {
    if (error instanceof HttpFailure) throw error;
    signal?.throwIfAborted();
    return broken;
  }
}

/** nginx lets every client in, and tells those without a certificate with a page. */
function requireNoCertificate(body: Uint8Array): void {
  const page = new TextDecoder().decode(body);
  if (page.includes("<title>400 No required SSL certificate was sent")) {
    throw new HttpFailure("client_certificate", CLIENT_CERTIFICATE);
  }
}

/** What is longer than the limit comes back longer than the limit, but not whole. */
function bodyOf(response: Response): Promise<Uint8Array<ArrayBuffer>> {
  // Of what was packed the runtime shows no length.
  const length = response.headers.get("content-length");
  // At one go: a stream of portions takes twice the time.
  return response.body === null ||
      length !== null && Number(length) <= ANSWER_LIMIT
    ? response.bytes()
    : readLimited(response.body, ANSWER_LIMIT);
}

function clockBeside(
  headers: Headers,
): Pick<HttpAnswer, "clockAheadMilliseconds"> {
  const time = Date.parse(headers.get("date") ?? "");
  if (Number.isNaN(time)) return {};
  return { clockAheadMilliseconds: Date.now() - time };
}

/** @throws `HttpFailure` for an answer whose content is needed and did not come whole. */
export function requireWhole(answer: HttpAnswer): HttpAnswer {
  if (answer.isWhole) return answer;
  throw new HttpFailure("connection", "The answer did not come whole");
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
