import assert from "node:assert/strict";
import { readRuns } from "../../src/runs/read_runs.ts";

const LIMIT = 1_000_000;
const RUN = '{"modules":{},"dut":{"serial_number":"1"}}';

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

/** The serial numbers of the runs, or the messages of the problems, by label. */
async function read(
  source: string | Uint8Array<ArrayBuffer>,
): Promise<[string, unknown][]> {
  const bytes = typeof source === "string" ? bytesOf(source) : source;
  const readings = await readRuns(bytes, LIMIT);
  return readings.map((one) => [
    one.label,
    "run" in one
      ? (one.run.value["dut"] as Record<string, unknown>)?.["serial_number"]
      : `${one.problem.line}:${one.problem.column} ${one.problem.message}`,
  ]);
}

async function gzip(text: string): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([text]).stream()
    .pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

Deno.test("readRuns() reads one document, with byte order mark and CRLF too", async () => {
  assert.deepEqual(await read(RUN), [["", "1"]]);
  assert.deepEqual(await read(`\ufeff\r\n${RUN}\r\n`), [["", "1"]]);
});

Deno.test("readRuns() unpacks gzip by what is in the file", async () => {
  assert.deepEqual(await read(await gzip(RUN)), [["", "1"]]);
});

Deno.test("readRuns() unpacks gzip members one behind the other", async () => {
  const members = [await gzip(`${RUN}\n`), await gzip(`${RUN}\n`)];
  const bytes = new Uint8Array(await new Blob(members).arrayBuffer());
  assert.deepEqual(await read(bytes), [[":1", "1"], [":2", "1"]]);
});

Deno.test("readRuns() does not unpack a small file to a huge one", async () => {
  const bomb = await gzip(" ".repeat(LIMIT + 1));
  assert.match(
    String((await read(bomb))[0]?.[1]),
    /unpacks to more than [\d.]+ MiB/,
  );
});

Deno.test("readRuns() says so of a damaged gzip file", async () => {
  const packed = await gzip(RUN);
  assert.match(
    String((await read(packed.subarray(0, 30)))[0]?.[1]),
    /gzip file is damaged/,
  );
});

Deno.test("readRuns() reads one document per line, and goes on after a bad one", async () => {
  assert.deepEqual(await read(`${RUN}\n\n{"modules":\n${RUN}\r\n[]`), [
    [":1", "1"],
    [
      ":3",
      "3:12 This is not JSON: the file ends in the middle of the document (truncated?) (at /modules)",
    ],
    [":4", "1"],
    [
      ":5",
      "5:1 This is not a run document: it is a list; each run belongs in a file or a line of its own",
    ],
  ]);
});

Deno.test("readRuns() reads CouchDB's _all_docs and _find", async () => {
  const allDocs = `{"total_rows":2,"offset":0,"rows":[
{"id":"_design/x","key":"_design/x","value":{},"doc":{"_id":"_design/x"}},
{"id":"a","key":"a","value":{"rev":"1-x"},"doc":${RUN}}]}`;
  assert.deepEqual(await read(allDocs), [["#1", "1"]]);
  assert.deepEqual(await read(`{"docs":[${RUN},${RUN}]}`), [
    ["#1", "1"],
    ["#2", "1"],
  ]);
});

Deno.test("readRuns() says how to export when the documents are missing", async () => {
  const rows = '{"rows":[{"id":"a","key":"a","value":{"rev":"1-x"}}]}';
  assert.match(String((await read(rows))[0]?.[1]), /include_docs=true/);
});

/** Rows as CouchDB answers `_changes?include_docs=true`, and what it lists beside runs. */
const ROW = '{"seq":"3-g1","id":"a","changes":[{"rev":"1-x"}],"doc":';
const RUNS_AND_OTHERS = [
  `${ROW}{"_id":"localhost_8000","_rev":"3-a",${RUN.slice(1)}}`,
  `${ROW}{"_id":"_design/x","_rev":"1-b","views":{}}}`,
  '{"seq":"5-g1","id":"b","changes":[{"rev":"2-x"}],"deleted":true,' +
  '"doc":{"_id":"b","_rev":"2-x","_deleted":true}}',
  '{"seq":"6-g1","id":"c","changes":[{"rev":"2-x"}],"deleted":true}',
  `${ROW}{"_id":"d","progress":100,"modules":{}}}`,
  `{"doc":${RUN.slice(0, -1)},"_id":"1771490040123","_rev":"1-e"},${
    ROW.slice(1, -7)
  }}`,
];

Deno.test("readRuns() reads CouchDB's _changes, and passes over what is no run in it", async () => {
  const changes = `{"results":[\n${
    RUNS_AND_OTHERS.join(",\n")
  }\n],"last_seq":"7-g1","pending":0}`;
  assert.deepEqual(await read(changes), [["#1", "1"], ["#2", "1"]]);
  assert.deepEqual(await read('{"results":[],"last_seq":0}'), []);
});

Deno.test("readRuns() reads a continuous feed of CouchDB, a row a line", async () => {
  const feed = `${RUNS_AND_OTHERS.join("\n\n")}\n`;
  assert.deepEqual(await read(feed), [[":1", "1"], [":11", "1"]]);
  const end = '{"last_seq":"7-g1","pending":0}\n';
  assert.deepEqual(await read(`${feed}\n\n${end}`), await read(feed));
  assert.deepEqual(await read(RUNS_AND_OTHERS[0] ?? ""), [["", "1"]]);
  assert.deepEqual(await read(end), []);
});

Deno.test("readRuns() says so when CouchDB lists nothing but statestore documents", async () => {
  const [other, ...more] = await read(
    '{"docs":[{"_id":"a","progress":1},{"_id":"b","progress":1}]}',
  );
  assert.match(String(other?.[1]), /statestore document/);
  assert.deepEqual(more, []);
});

Deno.test("readRuns() says how to export when the rows of _changes have no documents", async () => {
  const row = '{"seq":1,"id":"a","changes":[{"rev":"1-x"}]}';
  for (const text of [`{"results":[${row}],"last_seq":1}`, row]) {
    assert.match(String((await read(text))[0]?.[1]), /include_docs=true/);
  }
});

const REFUSED: [text: string, message: RegExp][] = [
  ["[1]", /1:1 .*it is a list/],
  ["7", /1:1 .*it is a single value/],
  ["null", /it is a single value/],
  ["{}", /neither "modules" nor "test_stand"/],
  ['{"dependencies":{}}', /looks like a package.json/],
  ['{"modules":{},"progress":10}', /statestore document/],
  ['{"results":[1]}', /neither "modules" nor "test_stand"/],
  ['{"_id":"_design/x"}', /neither "modules" nor "test_stand"/],
  ['{"id":"a","deleted":true}', /neither "modules" nor "test_stand"/],
  ['[stand_cloud]\naddress = "x"\n', /1:1 .*it is a TOML file/],
  ['# HardPy\n\ntitle = "x"\n', /it is a TOML file/],
  ["", /the file is empty/],
  ['{"modules":\n  {"m": }}', /2:9 .*"}" where value is expected/],
];

for (const [text, message] of REFUSED) {
  Deno.test(`readRuns() refuses ${JSON.stringify(text)}`, async () => {
    assert.match(String((await read(text))[0]?.[1]), message);
  });
}

Deno.test("readRuns() names case and field of a NaN that Python wrote", async () => {
  const text =
    '{"modules":{"m":{"cases":{"c":{"measurements":[{"value":1},{"value":NaN}]}}}}}';
  const [first] = await readRuns(bytesOf(text), LIMIT);
  assert.ok(first !== undefined && "problem" in first);
  assert.equal(first.problem.path, "/modules/m/cases/c/measurements/1/value");
  assert.match(
    first.problem.message,
    /NaN is not a JSON number.*case m::c, measurements\/1\/value/,
  );
});

Deno.test("readRuns() refuses bytes that are no UTF-8, and says so of UTF-16 and ZIP", async () => {
  const latin1 = new Uint8Array([...bytesOf('{"a":"'), 0xe9, ...bytesOf('"}')]);
  assert.match(String((await read(latin1))[0]?.[1]), /not a UTF-8 text/);
  assert.match(
    String((await read(new Uint8Array([0xff, 0xfe, 0x7b, 0])))[0]?.[1]),
    /UTF-16/,
  );
  const zip = new Uint8Array([...bytesOf("PK"), 3, 4, 0xff]);
  assert.match(String((await read(zip))[0]?.[1]), /a ZIP archive/);
});

Deno.test("readRuns() keeps positions in the file for a document inside it", async () => {
  const readings = await readRuns(
    bytesOf(`{"docs":[\n{"modules": {}},\n{"modules": {}}\n]}`),
    LIMIT,
  );
  const starts = readings.map((one) => "run" in one ? one.run.slice.start : -1);
  assert.deepEqual(starts, [10, 27]);
});
