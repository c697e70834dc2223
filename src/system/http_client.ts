import { AppError, messageOf } from "./app_error.ts";
import { AUTHORITIES_VARIABLE, EVERY_AUTHORITY } from "./environment.ts";
import { failedFetch, type FailedTarget } from "./failed_fetch.ts";
import { HttpFailure } from "./http_failure.ts";
import { type HttpStream, streamOf } from "./http_stream.ts";
import { noProxies, type Proxies } from "./proxies.ts";
import { TlsPeers } from "./tls_peers.ts";
import { RequestLimit } from "./request_limit.ts";
import { SentOnce } from "./sent_once.ts";
import { readLimited } from "./terminal.ts";

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
  // The runtime reads the proxy variables itself when a client is made.
  const client = createClient(caCertificates);
  const peers = new TlsPeers();
  let direct: Deno.HttpClient | undefined;
  const targetOf = async (text: string): Promise<Target> => {
    const url = URL.parse(text);
    const route = url === null ? {} : await proxies.routeOf(url);
    const chosen = route.isExcepted
      ? direct ??= createDirectClient(caCertificates)
      : client;
    return { text, url, proxy: route.proxy, peers, client: chosen };
  };
  return {
    send: async (text, request) => await send(request, await targetOf(text)),
    open: async (text, request) => await open(request, await targetOf(text)),
    [Symbol.dispose]: () => {
      client.close();
      direct?.close();
    },
  };
}

export interface HttpClientOptions {
  readonly caCertificates?: string[];
  readonly proxies?: Proxies;
}

/** To the runtime `*` means every name. */
const EVERYTHING = "*,0.0.0.0/0,::/0";

/**
 * The runtime's own reading of `NO_PROXY` knows neither ports nor IPv6: what
 * is to go past the proxy gets a client of its own.
 */
function createDirectClient(caCerts: string[]): Deno.HttpClient {
  const before = Deno.env.get("NO_PROXY");
  Deno.env.set("NO_PROXY", EVERYTHING);
  try {
    return createClient(caCerts);
  } finally {
    if (before === undefined) Deno.env.delete("NO_PROXY");
    else Deno.env.set("NO_PROXY", before);
  }
}

/** A minimal system (no ca-certificates) has no store; Mozilla's authorities come with the runtime. */
const NO_STORE = /^Failed to load platform certificates: No such file/;

function createClient(caCerts: string[]): Deno.HttpClient {
  try {
    return Deno.createHttpClient({ http2: false, caCerts });
  } catch (error) {
    if (NO_STORE.test(messageOf(error)) && dropMissingStore()) {
      return createClient(caCerts);
    }
    throw new AppError(
      "config_invalid",
      `Cannot load the certificate authorities: ${messageOf(error)}`,
      {
        cause: error,
        hints: [
          "check --ca-file, STANDCLOUD_CA_FILE, SSL_CERT_FILE and DENO_CERT",
        ],
      },
    );
  }
}

/** Whether there is one to drop: a file that the user names must be there. */
function dropMissingStore(): boolean {
  const isChosen = Deno.env.get(AUTHORITIES_VARIABLE) !== EVERY_AUTHORITY ||
    Deno.env.get("SSL_CERT_FILE");
  if (!isChosen) Deno.env.set(AUTHORITIES_VARIABLE, "mozilla");
  return !isChosen;
}

/** Where a request goes. */
interface Target extends FailedTarget {
  readonly text: string;
  readonly client: Deno.HttpClient;
}

/** The head of the answer. */
async function ask(
  request: HttpRequest,
  { target, limit }: { target: Target; limit: RequestLimit },
): Promise<Response> {
  try {
    return await fetch(target.text, {
      client: target.client,
      method: request.method ?? "GET",
      headers: request.headers ?? {},
      ...(request.body !== undefined && { body: new SentOnce(request.body) }),
      redirect: "manual",
      signal: limit.signal,
    });
  } catch (error) {
    request.signal?.throwIfAborted();
    throw await failedFetch(error, target);
  }
}

async function open(
  request: HttpRequest,
  target: Target,
): Promise<HttpStream> {
  const limit = new RequestLimit(request.timeoutMilliseconds, request.signal);
  try {
    const response = await ask(request, { target, limit });
    return streamOf(response, { limit, target, signal: request.signal });
  } catch (error) {
    limit[Symbol.dispose]();
    throw error;
  }
}

async function send(
  request: HttpRequest,
  target: Target,
): Promise<HttpAnswer> {
  const limit = new RequestLimit(request.timeoutMilliseconds, request.signal);
  using _limit = limit;
  const response = await ask(request, { target, limit });
  const { status, headers } = response;
  const head = { status, headers, ...clockBeside(headers) };
  // The status has told what became of a report: it must not be lost.
  const broken = { ...head, body: new Uint8Array(), isWhole: false };
  try {
    const body = await bodyOf(response);
    return body.length <= ANSWER_LIMIT
      ? { ...head, body, isWhole: true }
      : { ...broken, isTooLarge: true };
  } catch {
    request.signal?.throwIfAborted();
    return broken;
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
