import {
  commonFlags,
  type DescribedCommand,
  describedCommands,
  type Flag,
} from "./command_tree.ts";
import { tableText } from "./table.ts";

/** A section for each command, and one for the flags that all have. */
export function commandSections(): string {
  const commands = describedCommands();
  const common = commonFlags(commands);
  return [
    ...commands.map((command) => section(command, common)),
    "### Flags of every command\n",
    flagTable(common),
  ].join("\n");
}

function section(command: DescribedCommand, common: readonly Flag[]): string {
  const { words, aliases, brief, description, usages, flags } = command;
  const names = common.map(({ name }) => name);
  const own = flags.filter(({ name }) => !names.includes(name));
  const name = words.join(" ");
  return [
    `### ${name}\n`,
    "```text",
    ...usages.map((usage) => `standcloud ${name} ${usage}`),
    "```\n",
    `${brief}.`,
    ...aliases.map((alias) => `Also: \`${alias}\`.`),
    "",
    ...description.map((paragraph) => `${markdown(paragraph)}\n`),
    ...own.length === 0 ? [] : [flagTable(own), ""],
  ].join("\n");
}

/** A paragraph that is indented keeps its lines. */
function markdown(paragraph: string): string {
  return paragraph.startsWith("  ")
    ? `\`\`\`text\n${paragraph.replace(/^ {2}/gm, "")}\n\`\`\``
    : paragraph;
}

function flagTable(flags: readonly Flag[]): string {
  return tableText([
    ["flag", "meaning"],
    ...flags.map(({ name, value, brief }) => [
      `\`${[name, value].join(" ").trim()}\``,
      brief,
    ]),
  ]);
}
