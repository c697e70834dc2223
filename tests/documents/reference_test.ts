import assert from "node:assert/strict";
import { EVENTS } from "../../scripts/reference/events.ts";
import { DOCUMENTS, withSections } from "../../scripts/reference/sections.ts";
import { readSources } from "../architecture/source_file.ts";
import { pages, pageText } from "./pages.ts";

for (const path of DOCUMENTS) {
  Deno.test(`${path} says of the code what the code says (deno task reference writes it)`, async () => {
    const text = pageText(path);
    assert.match(text, /<!-- made from the code: /);
    assert.equal(text, await withSections(text));
  });
}

Deno.test("only these documents have parts that are made from the code", () => {
  const made = pages.filter(({ text }) =>
    text.includes("<!-- made from the code")
  );
  assert.deepEqual(made.map(({ path }) => path).sort(), [...DOCUMENTS].sort());
});

Deno.test("docs/reference.md has every event that the code names, and no other", async () => {
  const sources = await readSources(
    "src",
    (path) => /^src\/(?:cli|inspect\/health)\/.*\.ts$/.test(path),
  );
  const named = sources.flatMap(({ text }) =>
    [
      ...text.matchAll(/\bevent: "(\w+)"/g),
      // The rows of `runs`: the event is an argument.
      ...text.matchAll(/\b(?:list|eventOf)\((?:input, )?"(\w+)"/g),
    ].map(([, name]) => name)
  );
  const described = EVENTS.map(({ event }) => event);
  assert.deepEqual([...new Set(described)].sort(), [...new Set(named)].sort());
});
