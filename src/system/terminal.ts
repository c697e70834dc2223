/** Whether a path argument means stdin; the runtime cannot open /dev/stdin as a file. */
export function isStdin(path: string): boolean {
  return path === "-" || path === "/dev/stdin";
}

/** The three standard streams. */
export interface Terminal {
  readonly stdoutIsTerminal: boolean;
  readonly stderrIsTerminal: boolean;
  readonly stdinIsTerminal: boolean;
  writeStdout(text: string): void;
  writeStderr(text: string): void;
  /** All of stdin, at most `limit` bytes and one more. */
  readStdin(limit: number): Promise<Uint8Array<ArrayBuffer>>;
}

export function processTerminal(): Terminal {
  return {
    stdoutIsTerminal: Deno.stdout.isTerminal(),
    stderrIsTerminal: Deno.stderr.isTerminal(),
    stdinIsTerminal: Deno.stdin.isTerminal(),
    writeStdout: (text) => writeAll(Deno.stdout, text),
    writeStderr: (text) => writeAll(Deno.stderr, text),
    readStdin: (limit) => readLimited(Deno.stdin.readable, limit),
  };
}

function writeAll(stream: { writeSync(p: Uint8Array): number }, text: string) {
  let rest = new TextEncoder().encode(text);
  try {
    while (rest.length > 0) rest = rest.subarray(stream.writeSync(rest));
  } catch (error) {
    // The reader (`| head`) has gone: what is left to say has no listener.
    if (!(error instanceof Deno.errors.BrokenPipe)) throw error;
  }
}

/**
 * The bytes of a stream up to `limit` and one chunk more, so that the caller
 * can tell "too much" from "just enough" without ever holding all of it.
 */
export async function readLimited(
  stream: ReadableStream<Uint8Array>,
  limit: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  // Leaving the loop early cancels the stream.
  for await (const chunk of stream) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > limit) break;
  }
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}
