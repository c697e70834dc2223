import { fromRoot } from "../compile/paths.ts";

/** The first table below a heading of the README, as cells; its head comes first. */
export async function readmeTable(heading: string): Promise<string[][]> {
  const readme = await Deno.readTextFile(fromRoot("README.md"));
  const start = readme.search(new RegExp(`^#+ ${heading}$`, "m"));
  const [table] = readme.slice(start).match(/^\|.*\|$(?:\n\|.*\|$)*/m) ?? [];
  if (start === -1 || table === undefined) {
    throw new Error(`the README has no table below "${heading}"`);
  }
  const [head = "", , ...rows] = table.split("\n");
  return [head, ...rows].map((row) =>
    row.slice(1, -1).split(/(?<!\\)\|/).map((cell) =>
      cell.trim().replaceAll("\\|", "|")
    )
  );
}
