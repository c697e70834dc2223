import assert from "node:assert/strict";
import { fromRoot } from "../../scripts/compile/paths.ts";
import {
  EVENT_SCHEMA,
  makeEventSchema,
} from "../../scripts/reference/event_schema.ts";
import { DOCUMENTS, withSections } from "../../scripts/reference/sections.ts";
import { readSources } from "../architecture/source_file.ts";
import { checkedEvent } from "../support/checked_event.ts";
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

Deno.test("docs/events.schema.json is made from the types of the events (deno task reference writes it)", async () => {
  const text = await Deno.readTextFile(fromRoot(EVENT_SCHEMA));
  assert.equal(text, makeEventSchema());
});

Deno.test("docs/events.schema.json has every event that the code names, and no other", async () => {
  const sources = await readSources(
    "src",
    (path) => /^src\/(?:cli|inspect\/health|stats)\/.*\.ts$/.test(path),
  );
  const named = sources.flatMap(({ text }) =>
    [
      ...text.matchAll(/\bevent: "(\w+)"[,\s]/g),
      // The rows of `runs`: the event is an argument.
      ...text.matchAll(/\b(?:list|eventOf)\((?:input, )?"(\w+)"/g),
    ].map(([, name]) => name)
  );
  const text = await Deno.readTextFile(fromRoot(EVENT_SCHEMA));
  const { definitions } = JSON.parse(text);
  const described = (Object.values(definitions) as Definition[])
    .flatMap(({ properties }) =>
      properties?.event?.enum ?? properties?.event?.const ?? []
    );
  assert.deepEqual([...new Set(described)].sort(), [...new Set(named)].sort());
});

interface Definition {
  readonly properties?: {
    readonly event?: { readonly const?: string; readonly enum?: string[] };
  };
}

Deno.test("an event with a member that the schema lacks fails a test", () => {
  const event = { event: "resumed", seconds: 3 };
  assert.equal(checkedEvent(event), event);
  assert.throws(() => checkedEvent({ ...event, extra: 1 }), /additional/);
  assert.throws(() => checkedEvent({ event: "resumed" }), /seconds/);
  assert.throws(() => checkedEvent({ event: "nonsense" }), /no event/);
});
