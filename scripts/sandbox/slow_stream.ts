import { setTimeout as delay } from "node:timers/promises";

/** False when `signal` came before the time was over. */
export function waited(
  milliseconds: number,
  signal: AbortSignal,
): Promise<boolean> {
  return delay(milliseconds, true, { signal }).catch(() => false);
}

interface Pace {
  readonly bytesPerSecond: number;
  /** Ends the stream with an error. */
  readonly signal: AbortSignal;
}

/** Ten portions a second, so that a slow stream still moves. */
const PORTIONS = 10;

/** The same request; its body comes out no faster than the pace, and is pulled no faster. */
export function slowedRequest(request: Request, pace: Pace): Request {
  if (request.body === null) return request;
  return new Request(request, { body: slowed(request.body, pace) });
}

/** The bytes as a stream that takes its time. */
export function slowBytes(bytes: Uint8Array, pace: Pace): ReadableStream {
  return slowed(new Blob([bytes as BlobPart]).stream(), pace);
}

function slowed(
  stream: ReadableStream<Uint8Array>,
  { bytesPerSecond, signal }: Pace,
): ReadableStream<Uint8Array> {
  const portion = Math.max(1, Math.floor(bytesPerSecond / PORTIONS));
  return stream.pipeThrough(
    new TransformStream({
      async transform(bytes, controller) {
        for (let start = 0; start < bytes.length; start += portion) {
          const part = bytes.subarray(start, start + portion);
          const time = part.length / bytesPerSecond * 1000;
          if (!await waited(time, signal)) throw new Error("closing");
          controller.enqueue(part);
        }
      },
    }),
  );
}
