import { ExitCode, run as runApplication } from "./stricli.ts";
import { AppError } from "../system/app_error.ts";
import type { System } from "../system/system.ts";
import { application } from "./application.ts";
import type { CliContext } from "./context.ts";
import { commonFlags, kebab } from "./flags.ts";
import { Output, PLAIN } from "./output.ts";

/** Finds the command that was typed, runs it and gives the exit code. */
export async function dispatch(
  typed: readonly string[],
  system: System,
): Promise<number> {
  const args = commandFirst(asked(commandFirst(typed)));
  // What the parser has to say is kept, to be said our way.
  let help = "";
  let complaint = "";
  const process = {
    stdout: { write: (text: string) => void (help += text) },
    stderr: { write: (text: string) => void (complaint += text) },
    exitCode: null as number | string | null,
  };
  const context: CliContext & { process: typeof process } = { system, process };
  await runApplication(await application(args[0]), args, context);
  if (context.exitCode !== undefined) return context.exitCode;
  const json = args.slice(0, endOfFlags(args)).includes("--json");
  if (process.exitCode === 0 || process.exitCode === null) {
    const output = new Output(system.terminal, PLAIN);
    output.laidOut(help + complaint);
    return output.end(0);
  }
  const output = new Output(system.terminal, { ...PLAIN, json });
  const error = parserError(asTyped(complaint), process.exitCode);
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

function endOfFlags(args: readonly string[]): number {
  const end = args.indexOf("--");
  return end === -1 ? args.length : end;
}

/** How many arguments each common flag takes, itself included. */
const COMMON_FLAGS = new Map(
  Object.entries(commonFlags).map(([name, { kind }]) => [
    `--${kebab(name)}`,
    kind === "boolean" ? 1 : 2,
  ]),
);

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

function parserError(message: string, code: number | string): AppError {
  return USAGE_CODES.some((usage) => usage === code)
    ? new AppError("usage", message, {
      hints: [
        "standcloud --help lists the commands, COMMAND --help the flags",
      ],
    })
    : new AppError("internal", message, {
      hints: ["this is a fault of standcloud: please report it"],
    });
}
