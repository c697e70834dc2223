import assert from "node:assert/strict";
import { rootOf } from "../../../src/runs/json/slices.ts";
import { generationOf } from "../../../src/runs/model/generation.ts";
import { RUN_TYPES } from "../../../src/runs/model/run_types.ts";
import type { Holds, Row } from "../../../src/runs/model/types.ts";
import { checkSchema } from "../../../src/runs/schema/check_schema.ts";
import { wireForm } from "../../../src/runs/wire_form.ts";
import { inWireForm } from "../../../src/runs/wire_order.ts";
import { textOfDocument } from "../schema/documents.ts";
import { readRecorded } from "../schema/recorded.ts";

/** All rows of all objects in a value. */
function rowsIn(holds: Holds): Row[] {
  switch (holds.kind) {
    case "list":
    case "map":
      return rowsIn(holds.elements.holds);
    case "object":
      return holds.rows.flatMap((row) => [row, ...rowsIn(row.holds)]);
    case "choice":
      return [1, "x"].flatMap((value) => rowsIn(holds.checkedBy({ value })));
    default:
      return [];
  }
}

for (const [generation, run] of Object.entries(RUN_TYPES)) {
  Deno.test(`each default of generation ${generation} is a value that its row takes, as it is sent`, () => {
    const rows = rowsIn(run.holds).filter((row) => row.default !== undefined);
    assert.ok(rows.length > 10);
    for (const row of rows) {
      const value = JSON.parse(row.default ?? "");
      assert.ok(row.accepts(value), row.key);
      assert.ok(value === null || row.isAsSent(value), row.key);
    }
  });
}

Deno.test("inWireForm() takes what wireForm() writes, of every generation", () => {
  const taken = new Map<string, number>();
  for (const document of readRecorded()) {
    const text = textOfDocument(document);
    const generation = generationOf(JSON.parse(text));
    if (checkSchema(JSON.parse(text), generation).length > 0) continue;
    const wire = wireForm(text, rootOf(text));
    const found = inWireForm(wire, rootOf(wire), JSON.parse(wire));
    assert.equal(found, wire, JSON.stringify(document));
    taken.set(generation, (taken.get(generation) ?? 0) + 1);
  }
  for (const generation of Object.keys(RUN_TYPES)) {
    assert.ok((taken.get(generation) ?? 0) > 10, generation);
  }
});
