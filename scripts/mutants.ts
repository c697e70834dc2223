/**
 * Shows that the tests of the upload see faults:
 * `sh scripts/deno run -A scripts/mutants.ts [NUMBER…]`. Puts one fault at a
 * time into a copy of the tree and runs the tests that have to see it. Ends
 * with 1 when one of them sees nothing.
 */
import { fail, say } from "./compile/say.ts";
import { MUTANTS } from "./mutants/all.ts";
import { TreeCopy } from "./mutants/tree_copy.ts";

async function main(args: readonly string[]): Promise<boolean> {
  const wanted = args.map(Number);
  const chosen = MUTANTS.map((mutant, index) => ({ mutant, number: index + 1 }))
    .filter(({ number }) => wanted.length === 0 || wanted.includes(number));
  if (chosen.length === 0) throw new Error("There is no such mutant");
  await using tree = await TreeCopy.make();
  const tests = chosen.flatMap(({ mutant }) => mutant.tests);
  if (!await tree.passes([...new Set(tests)])) {
    throw new Error("The tests fail without a fault");
  }
  let survivors = 0;
  for (const { mutant, number } of chosen) {
    const fate = await tree.fateOf(mutant);
    if (fate !== "killed") survivors++;
    const { file, text, replacement } = mutant;
    say(`${number} ${fate} ${file}: ${line(text)} -> ${line(replacement)}`);
  }
  say(`${chosen.length} mutants, ${chosen.length - survivors} killed`);
  return survivors === 0;
}

function line(text: string): string {
  return text.replace(/\s+/g, " ").trim() || "nothing";
}

if (!await main(Deno.args).catch(fail)) Deno.exit(1);
