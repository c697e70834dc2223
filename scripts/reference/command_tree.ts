import { application } from "../../src/cli/application.ts";
import { kebab } from "../../src/cli/flags.ts";
import { docsOf, type Example } from "../../src/cli/command.ts";

const PROGRAM = await application();

type Target = typeof PROGRAM.root;
type Command = Exclude<Target, { getAllEntries: unknown }>;
type FlagParameters = NonNullable<Command["parameters"]["flags"]>;

export interface Flag {
  /** With its dashes, `--ca-file`. */
  readonly name: string;
  /** "" for a switch. */
  readonly value: string;
  readonly brief: string;
}

/** A command as the routes define it: the source of its help is the source of its page. */
export interface DescribedCommand {
  readonly words: readonly string[];
  readonly aliases: readonly string[];
  readonly brief: string;
  /** Paragraphs behind the brief. */
  readonly description: readonly string[];
  readonly usages: readonly string[];
  readonly examples: readonly Example[];
  readonly flags: readonly Flag[];
}

/** All commands in the order of `--help`; a map of commands stands for its default one. */
export function describedCommands(): DescribedCommand[] {
  return [...commandsBelow(PROGRAM.root, { words: [], aliases: [] })];
}

function* commandsBelow(
  target: Target,
  at: { words: readonly string[]; aliases: readonly string[] },
): Generator<DescribedCommand> {
  if (!("getAllEntries" in target)) {
    yield describe(target, at);
    return;
  }
  for (const entry of target.getAllEntries()) {
    if (entry.hidden) continue;
    const words = [...at.words, entry.name["convert-camel-to-kebab"]];
    yield* commandsBelow(entry.target, { words, aliases: entry.aliases });
  }
}

function describe(
  command: Command,
  { words, aliases }: { words: readonly string[]; aliases: readonly string[] },
): DescribedCommand {
  const [, ...description] = (command.fullDescription ?? "").split("\n\n");
  return {
    words,
    aliases,
    brief: command.brief,
    description,
    usages: docsOf(command).customUsage,
    examples: docsOf(command).examples,
    flags: flagsOf(command.parameters.flags ?? {}),
  };
}

function flagsOf(flags: FlagParameters): Flag[] {
  return Object.entries(flags).map(([name, flag]) => {
    const dashed = kebab(name);
    const value = flag.kind === "enum"
      ? flag.values.join("|")
      : "placeholder" in flag
      ? flag.placeholder ?? ""
      : "";
    return { name: `--${dashed}`, value, brief: flag.brief };
  });
}

/** The flags that all commands have; a page names them once. */
export function commonFlags(
  commands: readonly DescribedCommand[],
): readonly Flag[] {
  const [first, ...others] = commands;
  return (first?.flags ?? []).filter(({ name }) =>
    others.every(({ flags }) => flags.some((flag) => flag.name === name))
  );
}
