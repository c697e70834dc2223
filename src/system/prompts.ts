import { stderr, stdin } from "node:process";
import { isCancel, password } from "@clack/prompts";
import { AppError } from "./app_error.ts";
import { Secret } from "./secret.ts";

/**
 * Asks on the terminal, without showing what is typed. stdout is for results:
 * the question goes to stderr.
 *
 * @throws `interrupted` when the person gives up.
 */
export async function askSecret(message: string): Promise<Secret> {
  const answer = await password({ message, input: stdin, output: stderr });
  if (isCancel(answer)) throw new AppError("interrupted", "Interrupted");
  return new Secret(answer ?? "");
}
