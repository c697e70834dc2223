import {
  commonFlags,
  type DescribedCommand,
  describedCommands,
} from "../reference/command_tree.ts";
import { environmentRows } from "../reference/environment.ts";
import { exitCodeRows } from "../reference/exit_codes.ts";
import { fileRows } from "../reference/files.ts";
import type { Rows } from "../reference/table.ts";

/** `standcloud.1`, from the commands' own definitions and the tables of the reference. */
export function manPage(
  { version, date }: { version: string; date: Date },
): string {
  const commands = describedCommands();
  const day = date.toISOString().slice(0, 10);
  const lines = [
    `.TH STANDCLOUD 1 ${day} "standcloud ${version}" "User Commands"`,
    ".SH NAME",
    "standcloud \\- connect an electronics test stand to StandCloud",
    ".SH SYNOPSIS",
    ".B standcloud",
    "\\fICOMMAND\\fR [\\fIFLAGS\\fR] [\\fIARGUMENTS\\fR]",
    ".br",
    ".B standcloud \\-\\-version",
    "[\\fB\\-\\-json\\fR]",
    ".SH DESCRIPTION",
    "Logs a test stand in to StandCloud, checks the run documents that HardPy",
    "saved, and uploads them. Results go to stdout, everything else to stderr.",
    ".SH COMMANDS",
    ...commands.flatMap(commandLines),
    ".SH COMMON FLAGS",
    "Every command takes these.",
    ...[...commonFlags(commands), HELP].flatMap(flagLines),
    ".SH EXIT STATUS",
    ...tagged(exitCodeRows()),
    ".SH ENVIRONMENT",
    ...tagged(environmentRows()),
    ".SH FILES",
    ...tagged(fileRows()),
  ];
  return `${lines.join("\n")}\n`;
}

/** The framework's own, which no command defines. */
const HELP = { name: "--help", value: "", brief: "Print help for the command" };

function commandLines(
  command: DescribedCommand,
  _index: number,
  all: readonly DescribedCommand[],
): string[] {
  const { words, aliases, brief, description, usages, examples, flags } =
    command;
  const common = commonFlags(all).map(({ name }) => name);
  const own = flags.filter(({ name }) => !common.includes(name));
  const name = words.join(" ");
  return [
    `.SS ${escape(name)}`,
    ...usages.flatMap((usage) => [
      `.B standcloud ${escape(name)}`,
      `${escape(usage)}`,
      ".br",
    ]),
    ".PP",
    `${escape(brief)}.`,
    ...description.flatMap(paragraphLines),
    ...examples.flatMap(([typed, meaning]) => [
      ".TP",
      `\\fBstandcloud ${escape(typed)}\\fR`,
      text(sentence(meaning)),
    ]),
    ...aliases.length === 0
      ? []
      : [".PP", `Also: ${escape(aliases.join(", "))}.`],
    ...own.flatMap(flagLines),
  ];
}

/** One that is set in by its author keeps its lines. */
function paragraphLines(paragraph: string): string[] {
  return paragraph.startsWith("  ")
    ? [".PP", ".nf", ...paragraph.split("\n").map(text), ".fi"]
    : [".PP", text(paragraph)];
}

function flagLines(
  { name, value, brief }: DescribedCommand["flags"][number],
): string[] {
  const placeholder = value === "" ? "" : ` \\fI${escape(value)}\\fR`;
  return [
    ".TP",
    `\\fB${escape(name)}\\fR${placeholder}`,
    text(sentence(brief)),
  ];
}

function sentence(brief: string): string {
  return /[.…]$/.test(brief) ? brief : `${brief}.`;
}

/** A table as a list: the first cell of a row names, the others tell, each behind the name of its column. */
function tagged([head = [], ...rows]: Rows): string[] {
  return rows.flatMap((row) => [
    ".TP",
    `\\fB${plain(row[0] ?? "")}\\fR`,
    row.flatMap((cell, index) => {
      if (index === 0 || cell === "") return [];
      const column = head[index] ?? "meaning";
      return [
        sentence(plain(column === "meaning" ? cell : `${column}: ${cell}`)),
      ];
    }).join(" "),
  ]);
}

/** Markdown without its marks. */
function plain(cell: string): string {
  return escape(
    cell.replace(/\[([^\]]+)\]\([^)]+\)/g, "$1").replace(/`|\*\*/g, ""),
  );
}

/** A paragraph; a line of roff must not begin with a dot or a quote. */
function text(paragraph: string): string {
  return escape(paragraph.split("\n").join(" ")).replace(/^(?=[.'])/, "\\&");
}

function escape(line: string): string {
  return line.replaceAll("\\", "\\e").replaceAll("-", "\\-")
    .replaceAll("…", "...").replaceAll("–", "\\-");
}
