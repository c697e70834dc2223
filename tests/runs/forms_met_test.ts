import assert from "node:assert/strict";
import {
  FormsMet,
  FullerForms,
  type MetDocument,
} from "../../src/runs/forms_met.ts";
import type { StoredForm } from "../../src/runs/stored_form.ts";

function document(
  form: StoredForm,
  changes: Partial<MetDocument> = {},
): MetDocument {
  const source = `/stand/${form}.json`;
  const known = { form, source, serialNumber: "SN", runKey: "key" };
  return { ...known, digest: `of the ${form}`, ...changes };
}

const record = document("record");
const history = document("history");
const report = document("report");

Deno.test("FormsMet knows the other forms of a document's run, not the document itself", () => {
  const met = new FormsMet();
  for (const one of [history, record, report]) met.add(one);
  const others = met.othersOf(record).map(({ digest }) => digest);
  assert.deepEqual(others, [history.digest, report.digest]);
  met.delete(history);
  met.forget(report.digest);
  assert.deepEqual(met.othersOf(record), []);
});

Deno.test("FormsMet has a document and its other forms, and no other run", () => {
  const met = new FormsMet();
  met.add(record);
  assert.ok(met.has(record));
  assert.ok(met.has(history));
  assert.ok(!met.has(document("history", { serialNumber: "SN-2" })));
  assert.ok(!met.has(document("history", { runKey: null, digest: "other" })));
});

Deno.test("FullerForms lets a lesser form wait for a fuller one that is sent", () => {
  const forms = new FullerForms();
  assert.equal(forms.stateOf(history), undefined);
  forms.begin(record);
  assert.equal(forms.stateOf(history), "under way");
  assert.equal(forms.stateOf(record), undefined);
  assert.equal(forms.stateOf(report), undefined);
  forms.end(record, { isWaiting: false });
  assert.equal(forms.stateOf(history), undefined);
});

Deno.test("FullerForms lets a lesser form wait for a fuller one that waits, until that is forgotten", () => {
  const forms = new FullerForms();
  forms.begin(record);
  forms.end(record, { isWaiting: true });
  assert.equal(forms.stateOf(history), "waiting");
  forms.begin(record);
  assert.equal(forms.stateOf(history), "under way");
  forms.end(record, { isWaiting: true });
  forms.forget(record.digest);
  assert.equal(forms.stateOf(history), undefined);
});

Deno.test("FullerForms lets a form wait no longer when the fuller one that waited is sent", () => {
  const forms = new FullerForms();
  forms.end(record, { isWaiting: true });
  forms.begin(record);
  forms.end(record, { isWaiting: false });
  assert.equal(forms.stateOf(history), undefined);
});
