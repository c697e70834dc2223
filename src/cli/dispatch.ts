import { ExitCode, run as runApplication } from "./stricli.ts";
import { AppError } from "../system/app_error.ts";
import type { System } from "../system/system.ts";
import { application } from "./application.ts";
import type { CliContext } from "./context.ts";
import { didYouMean } from "./did_you_mean.ts";
import { commonFlags, kebab } from "./flags.ts";
import { asksForHelp, findTarget, type Found, helpText } from "./help.ts";
import { Output, PLAIN } from "./output.ts";
import { screenOf, usesColour } from "./screen.ts";

/** Finds the command that was typed, runs it and gives the exit code. */
export async function dispatch(
  typed: readonly string[],
  system: System,
): Promise<number> {
  const args = commandFirst(asked(commandFirst(typed)));
  const program = await application(args[0]);
  const before = args.slice(0, endOfFlags(args));
  const found = findTarget(program, before);
  const json = before.includes("--json");
  if (asksForHelp(before, found)) {
    const output = new Output(system.terminal, PLAIN);
    output.laidOut(helpText(found, screenOf(system).columns));
    return output.end(0);
  }
  // What the parser has to say is kept, to be said our way.
  let answer = "";
  let complaint = "";
  const process = {
    stdout: { write: (text: string) => void (answer += text) },
    stderr: { write: (text: string) => void (complaint += text) },
    exitCode: null as number | string | null,
  };
  const context: CliContext & { process: typeof process } = { system, process };
  await runApplication(program, args, context);
  if (context.exitCode !== undefined) return context.exitCode;
  if (process.exitCode === 0 || process.exitCode === null) {
    const output = new Output(system.terminal, PLAIN);
    output.laidOut(answer + complaint);
    return output.end(0);
  }
  const stderrColours = usesColour(system, "stderr");
  const output = new Output(system.terminal, { ...PLAIN, json, stderrColours });
  const error = parserError(asTyped(complaint), process.exitCode, found);
  output.error(error);
  return output.end(error.exitCode);
}

/** `help COMMAND` is what people type for `COMMAND --help`. */
function asked(args: readonly string[]): readonly string[] {
  return args[0] === "help" ? [...args.slice(1), "--help"] : args;
}

/** What the parser complains of, on one line; it names some flags as the code does. */
function asTyped(complaint: string): string {
  return complaint.trim().replaceAll("\n", "; ")
    .replace(/(?<=did you mean ).*/, kebab)
    .replace(/(?<=" for )(?=[a-z][\w-]*: )/g, "--");
}

function nearWord(
  target: Found["target"],
  stranger: string | undefined,
): string {
  if (stranger === undefined || !("getAllEntries" in target)) return "";
  const names = target.getAllEntries().map(({ name }) => name.original);
  return didYouMean(stranger, names) ?? "";
}

/** The words that the parser proposes, behind the command that they belong to. */
function commandsWith(meant: string, command: string): string {
  const words = meant.match(/[\w-]+/g) ?? [];
  return words.filter((word) => word !== "or")
    .map((word) => `${command} ${word}`).join(" or ");
}

function endOfFlags(args: readonly string[]): number {
  const end = args.indexOf("--");
  return end === -1 ? args.length : end;
}

/** How many arguments each common flag takes, itself included. */
const COMMON_FLAGS = new Map([
  ...Object.entries(commonFlags).map(([name, { kind }]): [string, number] => [
    `--${kebab(name)}`,
    kind === "boolean" ? 1 : 2,
  ]),
  ["-q", 1],
]);

/** The parser wants the command before its flags; a person need not. */
export function commandFirst(args: readonly string[]): readonly string[] {
  let at = 0;
  for (let length; at < args.length; at += length) {
    const [name = "", value] = args[at]?.split("=") ?? [];
    length = COMMON_FLAGS.get(name) ?? 0;
    if (length === 0) break;
    if (value !== undefined) length = 1;
  }
  const isMap = COMMAND_MAPS.includes(args[at] ?? "");
  const words = isMap && !args[at + 1]?.startsWith("-") ? 2 : 1;
  const command = args.slice(at, at + words);
  return [...command, ...args.slice(0, at), ...args.slice(at + words)];
}

/** Commands of which there are several, told apart by a second word. */
const COMMAND_MAPS = ["history", "runs"];

/** The parser's exit codes for what the user typed; the others are its own faults. */
const USAGE_CODES = [ExitCode.UnknownCommand, ExitCode.InvalidArgument];

function parserError(
  complaint: string,
  code: number | string,
  { target, words, stranger }: Found,
): AppError {
  const name = ["standcloud", ...words].join(" ");
  const [message = complaint, proposed = ""] = complaint
    .split(", did you mean ");
  // Where there is a default command, the parser takes the word for its argument.
  const meant = proposed || nearWord(target, stranger);
  const lists = stranger === undefined
    ? "shows its flags"
    : "lists the commands";
  return USAGE_CODES.some((usage) => usage === code)
    ? new AppError("usage", message, {
      hints: [
        ...meant === "" ? [] : [`did you mean ${commandsWith(meant, name)}?`],
        `${name} --help ${lists}`,
      ],
    })
    : new AppError("internal", message, {
      hints: ["this is a fault of standcloud: please report it"],
    });
}
