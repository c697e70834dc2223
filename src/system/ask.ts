import { AppError } from "./app_error.ts";
import {
  failedFetch,
  type FailedTarget,
  isCutOff,
  isTlsAlert,
} from "./failed_fetch.ts";
import type { RequestLimit } from "./request_limit.ts";
import { SentOnce } from "./sent_once.ts";
import type { TlsPeers } from "./tls_peers.ts";
import type { Way, Ways } from "./ways.ts";

export interface HttpRequest {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  readonly timeoutMilliseconds: number;
  /** Aborts the request; leave it out where losing the answer would lose something. */
  readonly signal?: AbortSignal;
}

export interface AskOptions {
  readonly ways: Ways;
  readonly peers: TlsPeers;
  readonly limit: RequestLimit;
}

/** An answer of which only the head has come, and where it comes from. */
export interface Asked {
  readonly response: Response;
  readonly target: FailedTarget;
}

/** @throws `HttpFailure` when no answer came. */
export async function ask(
  text: string,
  request: HttpRequest,
  { ways, peers, limit: { signal } }: AskOptions,
): Promise<Asked> {
  const url = new URL(text);
  let target: FailedTarget = { url, proxy: undefined, peers };
  let way: Way | undefined;
  try {
    const { body, timeoutMilliseconds } = request;
    way = await ways.to(url, { signal, timeoutMilliseconds });
    target = { ...target, proxy: way.proxy };
    const sent = body === undefined ? null : new SentOnce(body);
    const response = await fetchBy(way, text, { request, signal, body: sent });
    return { response, target };
  } catch (error) {
    request.signal?.throwIfAborted();
    if (error instanceof AppError) throw error;
    ways.forget(url);
    const again = way && isCutOff(error)
      ? await askWithHead(way, text, { request, signal })
      : undefined;
    request.signal?.throwIfAborted();
    if (again instanceof Response) return { response: again, target };
    throw await failedFetch(again ?? error, target);
  }
}

interface Sending {
  readonly request: HttpRequest;
  readonly signal: AbortSignal;
}

async function fetchBy(
  { client }: Way,
  text: string,
  { request: { method = "GET", headers = {} }, signal, body }:
    & Sending
    & { body: Blob | null },
): Promise<Response> {
  const redirect = "manual";
  return await fetch(text, { client, method, headers, body, signal, redirect });
}

/** A body that is in the network at once arrives with its head, and the answer is not lost. */
const AT_ONCE_BYTES = 16 * 1024;
/** Only a server that does not want to see the body answers sooner. */
const PATIENCE_MILLISECONDS = 2000;
const CONTENT_TOO_LARGE = 413;

/**
 * A server may refuse a body by its length alone, and close the connection
 * while the body is still being sent: that answer is lost on the way. Asked
 * with the head alone, the server says it again. Without its body nothing is
 * stored.
 *
 * @returns its refusal, or the error that tells more than the first one.
 */
async function askWithHead(
  way: Way,
  text: string,
  { request, signal }: Sending,
): Promise<Response | Error | undefined> {
  const { body = "" } = request;
  if (body.length < AT_ONCE_BYTES) return undefined;
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), PATIENCE_MILLISECONDS);
  try {
    const response = await fetchBy(way, text, {
      request,
      signal: AbortSignal.any([signal, late.signal]),
      body: new SentOnce(body, { isWithheld: true }),
    });
    if (response.status === CONTENT_TOO_LARGE) return response;
    await response.body?.cancel();
    return undefined;
  } catch (error) {
    return isTlsAlert(error) ? error : undefined;
  } finally {
    clearTimeout(timer);
  }
}
