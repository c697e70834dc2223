import assert from "node:assert/strict";
import { rootOf } from "../../../src/runs/json/slices.ts";
import { checkSchema } from "../../../src/runs/schema/check_schema.ts";
import { wireForm } from "../../../src/runs/wire_form.ts";
import { VERDICT_DIFFERENCES } from "../../../scripts/interop/differences.ts";
import { VERSIONS } from "../../../scripts/interop/versions.ts";
import { fingerprint } from "./canonical.ts";
import { textOfDocument } from "./documents.ts";
import { readRecorded } from "./recorded.ts";

const recorded = readRecorded().map((document) => {
  const text = textOfDocument(document);
  return { ...document, text, value: JSON.parse(text) };
});
const names = VERDICT_DIFFERENCES.map(({ name }) => name);

Deno.test("readRecorded() has 2,000 documents, and each HardPy takes a hundred of them", () => {
  assert.ok(recorded.length >= 2000);
  for (const { hardpy } of VERSIONS) {
    const taken = recorded.filter(({ accepted }) => accepted.includes(hardpy));
    assert.ok(taken.length >= 100, `HardPy ${hardpy} takes ${taken.length}`);
  }
});

for (const { hardpy, generation } of VERSIONS) {
  Deno.test(`checkSchema() judges as HardPy ${hardpy}, but for named differences`, () => {
    const mistakes = recorded.filter(({ value, accepted, named = {} }) => {
      const isValid = checkSchema(value, generation).length === 0;
      const difference = named[hardpy];
      return isValid === accepted.includes(hardpy)
        ? difference !== undefined
        : difference === undefined || !names.includes(difference);
    });
    assert.deepEqual(mistakes.map(({ base, edits }) => ({ base, edits })), []);
  });
}

Deno.test("wireForm() writes what HardPy would send, where it is known to", async () => {
  let compared = 0;
  for (const { base, edits, text, wire } of recorded) {
    if (wire === undefined) continue;
    compared++;
    const written = await fingerprint(wireForm(text, rootOf(text)));
    assert.equal(written, wire, JSON.stringify({ base, edits }));
  }
  assert.ok(compared >= 500, `${compared} documents compared`);
});
