import assert from "node:assert/strict";
import { readDetails } from "../../src/standcloud/answer_details.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const of = (body: unknown) => readDetails(bytes(JSON.stringify(body)));

Deno.test("readDetails() gives one entry for each field that FastAPI names", () => {
  const detail = [
    {
      type: "missing",
      loc: ["body", "dut", "part_number"],
      msg: "Field required",
      input: null,
    },
    { loc: ["body", "modules", 0, "a/b~c"], msg: "Wrong" },
    { loc: ["query", "x"], msg: "Not asked for" },
    { loc: [], msg: "All of it" },
    { loc: ["body"], msg: "No document" },
  ];
  assert.deepEqual(of({ detail }), [
    { path: "/dut/part_number", message: "Field required" },
    { path: "/modules/0/a~1b~0c", message: "Wrong" },
    { path: "/query/x", message: "Not asked for" },
    { path: "", message: "All of it" },
    { path: "", message: "No document" },
  ]);
});

Deno.test("readDetails() gives FastAPI's bare text", () => {
  assert.deepEqual(of({ detail: "Not authenticated" }), [
    { path: "", message: "Not authenticated" },
  ]);
});

const others: [what: string, text: string][] = [
  ["a page", "<html><body>Bad Gateway</body></html>"],
  ["another object", '{"error":"invalid"}'],
  ["a list", "[1,2]"],
  ["a detail of another form", '{"detail":{"x":1}}'],
  ["a detail with one entry of another form", '{"detail":[{"msg":"x"},5]}'],
  ["JSON that is cut", '{"detail":'],
];

for (const [what, text] of others) {
  Deno.test(`readDetails() gives the text of ${what} as it is`, () => {
    assert.deepEqual(readDetails(bytes(`\n ${text} \n`)), [
      { path: "", message: text },
    ]);
  });
}

Deno.test("readDetails() gives nothing for an empty answer", () => {
  assert.deepEqual(readDetails(bytes("")), []);
  assert.deepEqual(readDetails(bytes(" \n")), []);
  assert.deepEqual(of({ detail: [] }), []);
});

Deno.test("readDetails() cuts long texts", () => {
  const long = "x".repeat(5_000_000);
  assert.equal(readDetails(bytes(long))[0]?.message.length, 1000);
  assert.equal(of({ detail: long })[0]?.message.length, 1000);
});

Deno.test("readDetails() does not list more complaints than a person can read", () => {
  const detail = Array.from({ length: 20_000 }, () => ({
    loc: ["body", "x".repeat(10)],
    msg: "Wrong",
  }));
  assert.ok(of({ detail }).length <= 1000);
});

Deno.test("readDetails() takes bytes that are no UTF-8", () => {
  const details = readDetails(new Uint8Array([0xff, 0xfe, 0x41]));
  assert.deepEqual(details, [{ path: "", message: "\ufffd\ufffdA" }]);
});
