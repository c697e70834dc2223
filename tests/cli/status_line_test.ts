import assert from "node:assert/strict";
import { StatusLine } from "../../src/cli/status_line.ts";
import { fakeTerminal } from "../system/fake_terminal.ts";

function shown(columns: number | undefined, text: string): string {
  const terminal = { ...fakeTerminal(), stderrIsTerminal: true, columns };
  new StatusLine(terminal, { isShown: true }).show(text);
  return terminal.stderr().replace("\r\x1b[K", "");
}

Deno.test("StatusLine fits its text into one row of the terminal", () => {
  assert.equal(shown(10, "0123456789abc"), "012345678");
  assert.equal(shown(80, "0123456789abc"), "0123456789abc");
  assert.equal(shown(undefined, "0123456789abc"), "0123456789abc");
});

Deno.test("StatusLine shows nothing on a terminal that knows no escape codes", () => {
  const terminal = {
    ...fakeTerminal(),
    stderrIsTerminal: true,
    knowsCodes: false,
  };
  const line = new StatusLine(terminal, { isShown: true });
  line.show("text");
  assert.equal(line.isShown, false);
  assert.equal(terminal.stderr(), "");
});

Deno.test("StatusLine shows nothing that steers the terminal", () => {
  assert.equal(shown(80, "a\x1b[2Jb\nc\u202ed"), "a [2Jb cd");
});
