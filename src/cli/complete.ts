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
    .filter((proposal) => isWanted(proposal, partial))
    .map(({ completion, brief }) =>
      meansFiles(completion)
        ? FILES_LINE
        : `${cleanLine(prefix + completion)}\t${cleanLine(brief)}`
    );
  output.laidOut([...new Set(lines)].map((line) => `${line}\n`).join(""));
  return output.end(0);
}

/** Flags only where one was begun, and nothing else there. */
function isWanted(
  { kind, completion }: InputCompletion,
  partial: string,
): boolean {
  if (!partial.startsWith("-")) return kind !== "argument:flag";
  return completion !== "--" && !meansFiles(completion);
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
  const program = await application();
  try {
    return [
      ...ofDefault(program.root, words),
      ...await proposeCompletions(program, words, context),
    ];
  } catch (error) {
    if (error instanceof AppError) return [];
    throw error;
  }
}

/** The commands of a map with a default one, which the parser takes for chosen. */
function ofDefault(
  root: Awaited<ReturnType<typeof application>>["root"],
  [name, partial = "", ...more]: readonly string[],
): InputCompletion[] {
  if (!("getAllEntries" in root) || more.length > 0) return [];
  const map = root.getAllEntries()
    .find((entry) => entry.name.original === name)?.target;
  if (map === undefined || !("getDefaultCommand" in map)) return [];
  if (map.getDefaultCommand() === undefined) return [];
  return map.getAllEntries()
    .map(({ name, target }) => ({
      kind: "routing-target:command" as const,
      completion: name.original,
      brief: target.brief,
    }))
    .filter(({ completion }) => completion.startsWith(partial));
}
