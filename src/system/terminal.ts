import { AppError } from "./app_error.ts";
import { reasonOf } from "./disk_fault.ts";
import type { Environment } from "./environment.ts";
import { linesOf } from "./lines.ts";
import type { Secret } from "./secret.ts";
import { writeDirectly, writeStdout } from "./write_stream.ts";

/** Whether a path argument means stdin; the runtime cannot open /dev/stdin as a file. */
export function isStdin(path: string): boolean {
  return path === "-" || path === "/dev/stdin";
}

/** The three standard streams. */
export interface Terminal {
  readonly stdoutIsTerminal: boolean;
  readonly stderrIsTerminal: boolean;
  /** False on a terminal that shows escape codes as text, such as a serial console (`TERM=dumb`). */
  readonly knowsCodes: boolean;
  /** How many characters a line has room for; undefined where nobody can say. */
  readonly columns: number | undefined;
  /** Whether a person can answer a question. */
  readonly stdinIsTerminal: boolean;
  /** @throws `output_unwritable`, but not when the reader (`| head`) has gone. */
  writeStdout(text: string): void;
  /** Never throws: there is nowhere left to say why. */
  writeStderr(text: string): void;
  /**
   * All of stdin, at most `limit` bytes and one chunk more.
   *
   * @throws the reason of `interrupted`, at once.
   */
  readStdin(limit: number): Promise<Uint8Array<ArrayBuffer>>;
  /** The lines of stdin as they are typed; nobody can call back a wait for the next one. */
  lines(): AsyncIterable<string>;
  /**
   * Asks for something that is not shown while it is typed.
   *
   * @throws `interrupted`
   */
  askSecret(message: string): Promise<Secret>;
}

export function processTerminal(
  interrupted: AbortSignal,
  environment: Pick<Environment, "get">,
): Terminal {
  return {
    get knowsCodes() {
      try {
        return environment.get("TERM") !== "dumb";
      } catch {
        // Not a text, so no terminal that is known.
        return false;
      }
    },
    stdoutIsTerminal: Deno.stdout.isTerminal(),
    stderrIsTerminal: Deno.stderr.isTerminal(),
    get columns() {
      try {
        return Deno.consoleSize().columns;
      } catch {
        return undefined;
      }
    },
    stdinIsTerminal: Deno.stdin.isTerminal(),
    writeStdout(text) {
      try {
        writeStdout(Deno.stdout, text);
      } catch (error) {
        // What is left to say has no listener.
        if (error instanceof Deno.errors.BrokenPipe) return;
        const message = `Cannot write to stdout: ${reasonOf(error)}`;
        throw new AppError("output_unwritable", message, { cause: error });
      }
    },
    writeStderr(text) {
      try {
        writeDirectly(Deno.stderr, new TextEncoder().encode(text));
      } catch {
        // The exit code still tells.
      }
    },
    readStdin: (limit) =>
      unlessAborted(interrupted, () => readLimited(Deno.stdin.readable, limit)),
    lines: () => linesOf(Deno.stdin.readable),
    async askSecret(message) {
      const { askPlainly, askSecret } = await import("./secret_prompt.ts");
      const ask = this.knowsCodes ? askSecret : askPlainly;
      return await ask(message, interrupted);
    },
  };
}

/** The work goes on after an abort, but nobody waits for it. */
async function unlessAborted<T>(
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const listener = () => reject(signal.reason);
  signal.addEventListener("abort", listener);
  try {
    return await Promise.race([work(), aborted]);
  } finally {
    signal.removeEventListener("abort", listener);
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
