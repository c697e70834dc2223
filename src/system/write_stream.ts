/** A standard stream of the runtime. */
export interface SyncStream {
  writeSync(bytes: Uint8Array): number;
  isTerminal(): boolean;
}

/** A pipe takes as much at once or not at all (`PIPE_BUF` of Linux); a terminal may take some of it. */
const ATOMIC_BYTES = 4096;

/** Of at most this many characters, 4 bytes each, none is written past the runtime's buffer of 1024 bytes. */
const PIECES = /\n|[^\n]{1,200}/gu;

const WAIT_MILLISECONDS = 2;

const NOTHING = new Uint8Array();

/**
 * Writes all of a text to stdout, also where a parent has made it non-blocking
 * and the reader is slow.
 *
 * The runtime writes whole lines directly and keeps the rest of a text until it
 * is flushed at the end of the call. When the stream is full the call throws and
 * does not say which of both failed. So each call is made to be one of them: a
 * text of whole lines that a pipe or file takes at once, a line break alone, or
 * a piece without a line break.
 */
export function writeStdout(stream: SyncStream, text: string): void {
  const isShort = text.length <= ATOMIC_BYTES && text.endsWith("\n");
  if (isShort && !stream.isTerminal()) {
    const bytes = new TextEncoder().encode(text);
    if (bytes.length <= ATOMIC_BYTES) return writeDirectly(stream, bytes);
  }
  for (const [piece] of text.matchAll(PIECES)) {
    const pieceBytes = new TextEncoder().encode(piece);
    if (piece === "\n") writeDirectly(stream, pieceBytes);
    else writeBuffered(stream, pieceBytes);
  }
}

/** Writes bytes of which the stream keeps none when it is full. */
export function writeDirectly(stream: SyncStream, bytes: Uint8Array): void {
  let rest = bytes;
  while (rest.length > 0) {
    rest = rest.subarray(unlessFull(() => stream.writeSync(rest)) ?? 0);
  }
}

/** Writes bytes all of which the stream keeps when it is full. */
function writeBuffered(stream: SyncStream, bytes: Uint8Array): void {
  let rest = bytes;
  while (unlessFull(() => stream.writeSync(rest)) === undefined) {
    // Only makes it flush what it has kept.
    rest = NOTHING;
  }
}

/** Undefined, after a short rest, when the stream takes nothing now. */
function unlessFull(write: () => number): number | undefined {
  try {
    return write();
  } catch (error) {
    if (!(error instanceof Deno.errors.WouldBlock)) throw error;
    const cell = new Int32Array(new SharedArrayBuffer(4));
    Atomics.wait(cell, 0, 0, WAIT_MILLISECONDS);
    return undefined;
  }
}
