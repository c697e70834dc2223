import { fromRoot } from "../compile/paths.ts";
import { commandSections } from "./commands.ts";
import { environmentRows } from "./environment.ts";
import { errorWordRows } from "./error_words.ts";
import { eventRows } from "./events.ts";
import { exitCodeRows } from "./exit_codes.ts";
import { fileRows } from "./files.ts";
import { numberRows } from "./numbers.ts";
import { ruleRows } from "./rules.ts";
import { tableText } from "./table.ts";

/** The parts of documents that are made from the code, by the name in their comment. */
const SECTIONS: Readonly<Record<string, () => string | Promise<string>>> = {
  commands: commandSections,
  "environment": () => tableText(environmentRows()),
  "error words": () => tableText(errorWordRows()),
  events: async () => tableText(await eventRows()),
  "exit codes": () => tableText(exitCodeRows()),
  files: () => tableText(fileRows()),
  numbers: () => tableText(numberRows()),
  rules: () => tableText(ruleRows()),
};

const SECTION =
  /(<!-- made from the code: ([\w ]+) -->\n)[\s\S]*?(<!-- end -->)/g;

/** Documents with such parts. */
export const DOCUMENTS = [
  "README.md",
  "docs/files-and-environment.md",
  "docs/reference.md",
  "docs/scripting.md",
  "docs/statistics.md",
];

/** The text of a document with every part made again, and formatted. */
export async function withSections(document: string): Promise<string> {
  let filled = document;
  for (const [part, start, name = "", end] of document.matchAll(SECTION)) {
    const section = SECTIONS[name];
    if (section === undefined) throw new Error(`no section is called ${name}`);
    const text = `${start}\n${await section()}\n\n${end}`;
    filled = filled.replace(part, () => text);
  }
  return await formatted(filled);
}

async function formatted(markdown: string): Promise<string> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["fmt", "--quiet", "--ext", "md", "-"],
    cwd: fromRoot("./"),
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const text = new Response(child.stdout).text();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(markdown));
  await writer.close();
  const { success } = await child.status;
  if (!success) throw new Error("deno fmt refuses the document");
  return await text;
}
