import assert from "node:assert/strict";
import fc from "fast-check";
import { cleanLine } from "../../src/cli/clean.ts";
import type { Event } from "../../src/cli/events/event.ts";
import { Output, type OutputMode, PLAIN } from "../../src/cli/output.ts";
import { AppError } from "../../src/system/app_error.ts";
import { fakeTerminal } from "../system/fake_terminal.ts";

/** An event of this test alone: the output takes what its type allows. */
const made = (event: Record<string, unknown>) => event as unknown as Event;

const STEERING = /[\p{Cc}\p{Bidi_Control}\u2028\u2029\u200b\ufeff]/u;

Deno.test("cleanLine() lets no character through that steers the terminal", () => {
  const anything = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.string({
      unit: fc.constantFrom(
        ..."\u0000\u0007\b\t\n\r\u001b[31m]8;;\u007f\u0085\u009b\u061c\u200b",
        ..."\u200e\u200f\u2028\u2029\u202a\u202e\u2066\u2069\ufeffaä\u{1f600}",
      ),
    }),
  );
  fc.assert(
    fc.property(anything, (text) => {
      const clean = cleanLine(text);
      assert.doesNotMatch(clean, STEERING);
      assert.equal(cleanLine(clean), clean);
    }),
    { numRuns: 200 },
  );
});

Deno.test("cleanLine() leaves text of every language alone", () => {
  for (
    const text of ["Größe: 5 µm", "日本語", "עברית", "  two  spaces", "😀"]
  ) {
    assert.equal(cleanLine(text), text);
  }
});

Deno.test("cleanLine() keeps words apart that stood on lines of their own", () => {
  assert.equal(cleanLine("one\r\ntwo\tthree\n"), "one two three");
});

/** What all kinds of messages become in a mode. */
function said(mode: Partial<OutputMode>): { stdout: string; stderr: string } {
  const terminal = fakeTerminal();
  const output = new Output(terminal, { ...PLAIN, ...mode });
  output.prompt(made({ event: "prompt" }), ["prompt"]);
  output.result(made({ event: "good", n: 1 }), ["good", "  more\u001b"]);
  output.result(made({ event: "bad" }), ["bad"], false);
  output.note("note");
  output.detail("detail");
  const hints = ["one", "two"];
  output.error(new AppError("unreachable", "away", { hints }));
  return { stdout: terminal.stdout(), stderr: terminal.stderr() };
}

const ERROR = "error: away\nhint: one\nhint: two\n";
const JSON_LINES = [
  '{"event":"prompt"}',
  '{"event":"good","n":1}',
  '{"event":"bad"}',
  '{"event":"error","code":"unreachable","message":"away","hint":"one; two","exit_code":4}',
  "",
].join("\n");

const modes: [
  mode: Partial<OutputMode>,
  expected: { stdout: string; stderr: string },
][] = [
  [{}, {
    stdout: "good\n  more\nbad\n",
    stderr: `prompt\nnote\n${ERROR}`,
  }],
  [{ quiet: true }, { stdout: "bad\n", stderr: `prompt\n${ERROR}` }],
  [{ verbose: true }, {
    stdout: "good\n  more\nbad\n",
    stderr: `prompt\nnote\ndetail\n${ERROR}`,
  }],
  [{ json: true }, { stdout: JSON_LINES, stderr: "note\n" }],
  [{ json: true, quiet: true }, { stdout: JSON_LINES, stderr: "" }],
];

for (const [mode, expected] of modes) {
  Deno.test(`Output says results on stdout and the rest on stderr (${JSON.stringify(mode)})`, () => {
    assert.deepEqual(said(mode), expected);
  });
}

Deno.test("Output says an error without hints with hint null", () => {
  const terminal = fakeTerminal();
  const mode = { ...PLAIN, json: true };
  new Output(terminal, mode).error(new AppError("internal", "line\nline"));
  assert.deepEqual(JSON.parse(terminal.stdout()), {
    event: "error",
    code: "internal",
    message: "line\nline",
    hint: null,
    "exit_code": 1,
  });
  assert.equal(terminal.stdout().split("\n").length, 2);
});

Deno.test("Output writes JSON that steers no terminal and still says the same", () => {
  const evil =
    "\u007f\u0085\u009b31m\u061c\u200b\u2028\u2029\u202e\u2066\ufeff\n";
  const event = { event: "report", [evil]: [`ä${evil}😀`] };
  const terminal = fakeTerminal();
  const output = new Output(terminal, { ...PLAIN, json: true });
  output.result(made(event), []);
  output.line(`{"event":"run","document":{"a":1.0,"b":"${evil.trim()}"}}`);
  output.error(new AppError("internal", evil));
  const lines = terminal.stdout().split("\n").slice(0, -1);
  for (const line of lines) assert.doesNotMatch(line, STEERING);
  const [first, second, third] = lines.map((line) => JSON.parse(line));
  assert.deepEqual(first, event);
  assert.equal(second.document.b, evil.trim());
  assert.equal(third.message, evil);
});

Deno.test("Output shows the beginning of a line that is too long, but a prompt and JSON whole", () => {
  const huge = `${"x".repeat(1999)}😀${"y".repeat(1_000_000)}`;
  const shown = `${"x".repeat(1999)}…\n`;
  const terminal = fakeTerminal();
  const output = new Output(terminal, PLAIN);
  output.result(made({ event: "report" }), [huge, "next"]);
  assert.equal(terminal.stdout(), `${shown}next\n`);
  output.note(huge);
  assert.equal(terminal.stderr(), shown);
  output.prompt(made({ event: "prompt" }), [huge]);
  assert.equal(terminal.stderr(), `${shown}${huge}\n`);

  const json = fakeTerminal();
  const event = { event: "report", huge };
  new Output(json, { ...PLAIN, json: true }).result(made(event), []);
  assert.equal(json.stdout(), `${JSON.stringify(event)}\n`);
});

for (const json of [false, true]) {
  Deno.test(`Output says once, at the end and on stderr, that stdout has failed (json: ${json})`, () => {
    const terminal = fakeTerminal();
    let written = 0;
    const failure = new AppError("output_unwritable", "It is full");
    const writeStdout = () => {
      written++;
      throw failure;
    };
    const full = { ...terminal, writeStdout };
    const output = new Output(full, { ...PLAIN, json });
    assert.equal(output.failed.aborted, false);
    output.result(made({ event: "good" }), ["good"]);
    assert.equal(output.failed.reason, failure);
    output.result(made({ event: "good" }), ["good"]);
    output.error(failure);
    assert.equal(written, 1);
    assert.equal(terminal.stderr(), "");
    assert.equal(output.end(0), 2);
    assert.equal(terminal.stderr(), "error: It is full\n");
  });
}

Deno.test("Output prints what was asked for with quiet too", () => {
  const terminal = fakeTerminal();
  const output = new Output(terminal, { ...PLAIN, quiet: true });
  output.laidOut("a script\n");
  output.result(made({ event: "good" }), ["good news"]);
  assert.equal(terminal.stdout(), "a script\n");
});
