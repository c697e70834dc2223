import { docsOf, type Example } from "./command.ts";
import type { CliContext } from "./context.ts";
import { groupOf, GROUPS } from "./flag_groups.ts";
import { kebab } from "./flags.ts";
import type { Application, Command, RouteMap } from "./stricli.ts";
import { twoColumns, wrapped } from "./wrap.ts";

type Target = Command<CliContext> | RouteMap<CliContext>;

/** A command, or several under one name, and the words that lead to it. */
export interface Found {
  readonly target: Target;
  readonly words: readonly string[];
  /** A word that should name a command below the target, and does not. */
  readonly stranger: string | undefined;
}

/** What the first words name. */
export function findTarget(
  { root }: Application<CliContext>,
  args: readonly string[],
): Found {
  let target: Target = root;
  const words: string[] = [];
  for (const word of args.filter((arg) => !arg.startsWith("-"))) {
    if (!isMap(target)) break;
    const next: Target | undefined = target.getRoutingTargetForInput(word);
    if (next === undefined) {
      // Behind a default command it may be the value of a flag.
      const isStrange = target.getDefaultCommand() === undefined ||
        args[words.length] === word;
      return { target, words, stranger: isStrange ? word : undefined };
    }
    target = next;
    words.push(word);
  }
  return { target, words, stranger: undefined };
}

/** Whether the words ask for help: by a flag, or by naming no command yet. */
export function asksForHelp(
  args: readonly string[],
  { target, words, stranger }: Found,
): boolean {
  if (stranger !== undefined) return false;
  if (args.some((arg) => arg === "--help" || arg === "-h")) return true;
  return isMap(target) && target.getDefaultCommand() === undefined &&
    args.length === words.length;
}

/** The widest text that is read with ease. */
const MOST_COLUMNS = 100;

/** The help of a command, for a terminal of so many columns. */
export function helpText({ target, words }: Found, columns: number): string {
  const width = Math.min(columns, MOST_COLUMNS);
  const lines = isMap(target)
    ? mapLines(target, words, width)
    : commandLines(target, words, width);
  return `${lines.join("\n")}\n`;
}

function commandLines(
  command: Command<CliContext>,
  words: readonly string[],
  width: number,
): string[] {
  const docs = docsOf(command);
  const usages = docs.customUsage.map((usage) => [...words, usage].join(" "));
  return [
    ...wrapped(`${docs.brief}.`.split(" "), width),
    ...section("USAGE", usageLines(usages, width)),
    ...section("EXAMPLES", exampleLines(docs.examples, width)),
    ...restLines(docs.fullDescription, width),
    ...section("ARGUMENTS", columnLines(argumentRows(command), width)),
    ...flagSections(command, width),
  ];
}

/** Of the program: the first day of a stand. */
const FIRST_EXAMPLES: readonly Example[] = [
  ["sc-login demo.standcloud.io", "Log this stand in"],
  ["upload reports", "Upload all runs below a folder"],
  ["history --waiting", "Show what still has to be sent"],
];

function mapLines(
  map: RouteMap<CliContext>,
  words: readonly string[],
  width: number,
): string[] {
  const entries = map.getAllEntries();
  const command = map.getDefaultCommand();
  const usages = [
    ...command === undefined ? [] : docsOf(command).customUsage,
    "COMMAND [FLAGS]",
  ].map((usage) => [...words, usage].join(" "));
  const examples = words.length === 0
    ? FIRST_EXAMPLES
    : entries.flatMap(({ target }) =>
      isMap(target) ? [] : docsOf(target).examples.slice(0, 1)
    );
  const commands = entries.map(({ name, target, aliases }): Row => [
    [name.original, ...aliases].join(", "),
    target.brief,
  ]);
  const more = `"${
    ["standcloud", ...words].join(" ")
  } COMMAND --help" prints the flags of a command. "standcloud --version" or -V prints the version.`;
  return [
    ...wrapped(`${map.brief}.`.split(" "), width),
    ...section("USAGE", usageLines(usages, width)),
    ...section("EXAMPLES", exampleLines(examples, width)),
    ...restLines(map.fullDescription, width),
    ...section("COMMANDS", columnLines(commands, width)),
    ...command === undefined ? [] : flagSections(command, width),
    "",
    ...wrapped(more.split(" "), width),
  ];
}

/** The paragraphs behind the first, which repeats the brief. */
function restLines(description: string | undefined, width: number): string[] {
  const [, ...paragraphs] = (description ?? "").split("\n\n");
  return paragraphs.flatMap((paragraph) => [
    "",
    ...paragraph.startsWith("  ")
      ? paragraph.split("\n")
      : wrapped(paragraph.split(/\s+/), width),
  ]);
}

function section(heading: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ["", heading, ...lines];
}

/** A usage that is too long goes on further to the right. */
function usageLines(usages: readonly string[], width: number): string[] {
  return usages.flatMap((usage) => {
    const line = `standcloud ${usage}`;
    const [first = "", ...more] = wrapped(line.split(" "), width - 6);
    return [`  ${first}`, ...more.map((rest) => `      ${rest}`)];
  });
}

function exampleLines(examples: readonly Example[], width: number): string[] {
  const rows = examples.map(([typed, meaning]): Row => [
    `standcloud ${typed}`,
    meaning,
  ]);
  const first = Math.max(0, ...rows.map(([typed]) => typed.length));
  return rows.flatMap((row) => twoColumns(row, { width, first }));
}

function argumentRows({ parameters }: Command<CliContext>): Row[] {
  const { positional } = parameters;
  if (positional === undefined) return [];
  return positional.kind === "array"
    ? [rowOf(positional.parameter, "...")]
    : positional.parameters.map((parameter) => rowOf(parameter, ""));
}

function rowOf(
  { placeholder = "", brief }: { placeholder?: string; brief: string },
  more: string,
): Row {
  return [placeholder + more, brief];
}

/** The flags below their headings; all meanings begin in one column. */
function flagSections(command: Command<CliContext>, width: number): string[] {
  const rows = Object.entries(command.parameters.flags ?? {})
    .map(([name, flag]) => ({
      group: groupOf(name),
      row: [flagText(name, flag), flag.brief] as Row,
    }));
  rows.push({ group: "OUTPUT", row: ["-h, --help", "Print this help"] });
  const first = firstColumn(rows.map(({ row }) => row));
  return GROUPS.flatMap((group) => {
    const own = rows.filter((one) => one.group === group);
    const lines = own.flatMap(({ row }) => twoColumns(row, { width, first }));
    return section(group, lines);
  });
}

function flagText(name: string, flag: object): string {
  const value = "placeholder" in flag ? ` ${flag.placeholder}` : "";
  return `${name === "quiet" ? "-q, " : ""}--${kebab(name)}${value}`;
}

type Row = readonly [name: string, meaning: string];

/** A longer name has its meaning on the next line. */
const FIRST_COLUMN = 22;

function firstColumn(rows: readonly Row[]): number {
  const names = rows.map(([name]) => name.length);
  return Math.max(0, ...names.filter((length) => length <= FIRST_COLUMN));
}

function columnLines(rows: readonly Row[], width: number): string[] {
  const first = firstColumn(rows);
  return rows.flatMap((row) => twoColumns(row, { width, first }));
}

function isMap(target: Target): target is RouteMap<CliContext> {
  return "getAllEntries" in target;
}
