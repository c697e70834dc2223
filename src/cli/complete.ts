import { AppError } from "../system/app_error.ts";
import type { System } from "../system/system.ts";
import { application } from "./application.ts";
import { cleanLine } from "./clean.ts";
import type { CliContext } from "./context.ts";
import { commandFirst } from "./dispatch.ts";
import { Output, PLAIN } from "./output.ts";
import { meansFiles } from "./proposals.ts";
import { type InputCompletion, proposeCompletions } from "./stricli.ts";

/** Printed where the shell is to list files. */
const FILES_LINE = ":files";

/**
 * Answers a completion script: prints a line for each proposal, behind a tab
 * what it means.
 *
 * @param typed `=` and the word at the cursor (some shells drop an empty
 * argument), then the words before it without the program's name.
 */
export async function complete(
  [current = "=", ...before]: readonly string[],
  system: System,
): Promise<number> {
  const output = new Output(system.terminal, PLAIN);
  const [flag, partial] = atValue(current.slice(1));
  const words = [...commandFirst(before), ...flag === "" ? [] : [flag]];
  const found = await proposalsFor([...words, partial], system);
  const prefix = flag === "" ? "" : `${flag}=`;
  const lines = found
    .filter(({ kind, completion }) =>
      kind !== "argument:flag" ||
      (partial.startsWith("-") && completion !== "--")
    )
    .map(({ completion, brief }) =>
      meansFiles(completion)
        ? FILES_LINE
        : cleanLine(`${prefix}${completion}`) + `\t${cleanLine(brief)}`
    );
  output.laidOut([...new Set(lines)].map((line) => `${line}\n`).join(""));
  return output.end(0);
}

/** `--flow=bro` asks for values of `--flow`. */
function atValue(current: string): [flag: string, partial: string] {
  const [, flag = "", value = current] = /^(--[\w-]+)=(.*)$/.exec(current) ??
    [];
  return [flag, value];
}

/** None where a store cannot be read: nobody wants an error while typing. */
async function proposalsFor(
  words: readonly string[],
  system: System,
): Promise<readonly InputCompletion[]> {
  const silent = { write: () => {} };
  const process = { stdout: silent, stderr: silent };
  const context: CliContext = { system, process };
  try {
    return await proposeCompletions(application(), words, context);
  } catch (error) {
    if (error instanceof AppError) return [];
    throw error;
  }
}
