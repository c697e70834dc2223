/** `deno task reference`: makes what the documents have from the code again. */
import { fromRoot } from "./compile/paths.ts";
import { say } from "./compile/say.ts";
import { EVENT_SCHEMA, makeEventSchema } from "./reference/event_schema.ts";
import { DOCUMENTS, withSections } from "./reference/sections.ts";

async function write(name: string, text: string): Promise<void> {
  const before = await Deno.readTextFile(fromRoot(name)).catch(() => "");
  if (text !== before) await Deno.writeTextFile(fromRoot(name), text);
  say(`${text === before ? "unchanged" : "written  "}  ${name}`);
}

// The schema first: the table of events is made from it.
await write(EVENT_SCHEMA, makeEventSchema());
for (const name of DOCUMENTS) {
  await write(
    name,
    await withSections(await Deno.readTextFile(fromRoot(name))),
  );
}
