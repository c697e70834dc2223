import { failedFetch, type FailedTarget } from "./failed_fetch.ts";
import {
  type RequestLimit,
  SLOWEST_BYTES_PER_MILLISECOND,
} from "./request_limit.ts";

/** An answer whose body is read as it arrives. Disposing it drops the rest, and the connection. */
export interface HttpStream extends AsyncDisposable {
  readonly status: number;
  readonly headers: Headers;
  /**
   * The body, once.
   *
   * @throws `HttpFailure` when the connection breaks off or is too slow.
   */
  readonly portions: AsyncIterable<Uint8Array>;
}

export interface StreamOptions {
  readonly limit: RequestLimit;
  readonly target: FailedTarget;
  /** Aborts the request; its reason is thrown as it is. */
  readonly signal?: AbortSignal | undefined;
}

export function streamOf(
  response: Response,
  options: StreamOptions,
): HttpStream {
  options.limit.pause();
  const { status, headers, body } = response;
  const reader = body?.getReader();
  return {
    status,
    headers,
    portions: portionsOf(reader, options),
    [Symbol.asyncDispose]: async () => {
      options.limit[Symbol.dispose]();
      await reader?.cancel().catch(() => {});
    },
  };
}

/** The time limit counts only what the program waits; each portion gives more. */
async function* portionsOf(
  reader: ReadableStreamDefaultReader<Uint8Array> | undefined,
  { limit, target, signal }: StreamOptions,
): AsyncGenerator<Uint8Array> {
  while (reader !== undefined) {
    limit.resume();
    let portion;
    try {
      // The runtime forgets the request's signal when it collects garbage.
      // Only the limit itself ends a read then.
      portion = await limit.within(reader.read());
    } catch (error) {
      signal?.throwIfAborted();
      throw await failedFetch(error, target);
    } finally {
      limit.pause();
    }
    if (portion.done) return;
    limit.prolong(portion.value.length / SLOWEST_BYTES_PER_MILLISECOND);
    yield portion.value;
  }
}
