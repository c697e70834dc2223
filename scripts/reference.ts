/** `deno task reference`: makes the parts of documents that come from the code again. */
import { fromRoot } from "./compile/paths.ts";
import { say } from "./compile/say.ts";
import { DOCUMENTS, withSections } from "./reference/sections.ts";

for (const name of DOCUMENTS) {
  const before = await Deno.readTextFile(fromRoot(name));
  const after = await withSections(before);
  if (after !== before) await Deno.writeTextFile(fromRoot(name), after);
  say(`${after === before ? "unchanged" : "written  "}  ${name}`);
}
