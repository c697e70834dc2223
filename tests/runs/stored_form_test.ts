import assert from "node:assert/strict";
import { type StoredForm, storedFormOf } from "../../src/runs/stored_form.ts";

const REV = "1-5d41402abc4b2a76b9719d911017c592";
const HEX = "0b6a2c1d9e8f47a5b3c2d1e0f9a8b7c6";
const UUID = "019ad4e2-7c31-7e55-9a1f-2b3c4d5e6f70";
const HOST = "localhost_8000";

const FORMS: [what: string, names: Record<string, unknown>, StoredForm][] = [
  ["CouchDB's record until 0.15", { "_id": "current", "_rev": REV }, "record"],
  ["CouchDB's record since 0.16", { "_id": HOST, "_rev": REV }, "record"],
  ["the record of the JSON storage", { "_id": HOST, "_rev": HOST }, "record"],
  ["a record that lost its revision", { "_id": HOST }, "record"],
  ["a history file", { "_id": "1771490040123" }, "history"],
  ["CouchDB's history", { "_id": "1771490040123", "_rev": REV }, "history"],
  ["JsonLoader's file", { rev: HOST, id: UUID }, "report"],
  [
    "JsonLoader's file with 13 digits",
    { rev: HOST, id: "1771490040123" },
    "report",
  ],
  ["the body of a POST", { rev: REV, id: HOST }, "report"],
  ["a document without a name", {}, "report"],
  [
    "CouchdbLoader's",
    { "_id": "report_1771490040_a b/c", "_rev": REV },
    "report",
  ],
  [
    "the queue's in files",
    { rev: HOST, "_id": UUID, "_rev": UUID },
    "tempstore",
  ],
  [
    "the queue's in CouchDB",
    { rev: REV, "_id": HEX, "_rev": REV },
    "tempstore",
  ],
  ["the queue's without `rev`", { "_id": HEX, "_rev": REV }, "tempstore"],
];

for (const [what, names, form] of FORMS) {
  Deno.test(`storedFormOf() calls ${what} a ${form}`, () => {
    const reversed = Object.fromEntries(Object.entries(names).reverse());
    assert.equal(storedFormOf({ ...names, modules: {} }), form);
    assert.equal(storedFormOf({ modules: {}, ...reversed }), form);
  });
}
