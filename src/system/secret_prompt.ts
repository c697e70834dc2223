import { stderr } from "node:process";
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
