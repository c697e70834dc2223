import { application } from "../../src/cli/application.ts";

const PROGRAM = await application();

/** Something that was built by the parser: a command, or a map of more of them. */
type Target = typeof PROGRAM.root;

/** Every command and every map of commands, as the words that lead to it; [] is the program itself. */
export interface Routes {
  readonly commands: readonly string[][];
  readonly maps: readonly string[][];
}

export function allRoutes(): Routes {
  const commands: string[][] = [];
  const maps: string[][] = [];
  collect(PROGRAM.root, [], { commands, maps });
  return { commands, maps };
}

function collect(
  target: Target,
  words: string[],
  found: { commands: string[][]; maps: string[][] },
): void {
  if (!("getAllEntries" in target)) {
    found.commands.push(words);
    return;
  }
  found.maps.push(words);
  for (const { name, target: below } of target.getAllEntries()) {
    collect(below, [...words, name.original], found);
  }
}
