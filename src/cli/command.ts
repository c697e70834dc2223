import type { CliContext } from "./context.ts";
import {
  buildCommand as build,
  type Command,
  type CommandBuilderArguments,
} from "./stricli.ts";

/** What a person types, and what it is good for. */
export type Example = readonly [typed: string, meaning: string];

/** What the help of a command shows that its parameters do not say. */
export interface CommandDocs {
  readonly brief: string;
  /** Begins with the brief. A paragraph that is indented keeps its lines. */
  readonly fullDescription?: string;
  /** Behind the command's words. */
  readonly customUsage: readonly string[];
  /** Two or three, behind the word `standcloud`. */
  readonly examples: readonly Example[];
}

/** As the parser wants them: an interface of flags has no index signature. */
type SomeFlags<Flags> = Readonly<Partial<Record<keyof Flags, unknown>>>;

type Arguments<
  Flags extends SomeFlags<Flags>,
  Args extends readonly unknown[],
> = CommandBuilderArguments<Flags, Args, CliContext> & {
  readonly docs: CommandDocs;
};

const DOCS = new WeakMap<object, CommandDocs>();

/** A command of the program, which takes `-q` for `--quiet` as all of them do. */
export function buildCommand<
  const Flags extends SomeFlags<Flags>,
  const Args extends readonly unknown[],
>(definition: Arguments<Flags, Args>): Command<CliContext> {
  const { parameters, docs } = definition;
  const aliases = { q: "quiet" };
  const command = build<Flags, Args, CliContext>({
    ...definition,
    parameters: { ...parameters, aliases } as typeof parameters,
  });
  DOCS.set(command, docs);
  return command;
}

export function docsOf(command: Command<CliContext>): CommandDocs {
  return DOCS.get(command) ??
    { brief: command.brief, customUsage: [], examples: [] };
}
