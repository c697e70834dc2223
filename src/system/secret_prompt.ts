import { stderr, stdin } from "node:process";
import { createInterface } from "node:readline";
import { Writable } from "node:stream";
import { isCancel, password } from "@clack/prompts";
import { AppError } from "./app_error.ts";
import { Secret } from "./secret.ts";

/**
 * Asks for a secret that is not shown, on stderr: stdout holds results.
 *
 * @throws `interrupted` when the person presses Ctrl-C or Escape.
 */
export async function askSecret(
  message: string,
  signal: AbortSignal,
): Promise<Secret> {
  const answer = await password({ message, output: stderr, signal });
  signal.throwIfAborted();
  if (isCancel(answer)) throw new AppError("interrupted", "Interrupted");
  return new Secret(answer ?? "");
}

/** The same, without a code that steers the terminal. */
export async function askPlainly(
  message: string,
  signal: AbortSignal,
): Promise<Secret> {
  // What is typed goes nowhere.
  const output = new Writable({ write: (_chunk, _encoding, done) => done() });
  const reader = createInterface({ input: stdin, output, terminal: true });
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const interrupt = () => reject(new AppError("interrupted", "Interrupted"));
  reader.on("line", resolve).on("SIGINT", interrupt).on("close", interrupt);
  signal.addEventListener("abort", interrupt);
  try {
    // Only now: before, the terminal itself would show what is typed.
    stderr.write(`${message}: `);
    return new Secret(await promise);
  } finally {
    signal.removeEventListener("abort", interrupt);
    reader.close();
    stderr.write("\n");
  }
}
