import assert from "node:assert/strict";
import { lastWords } from "../../src/cli/last_words.ts";
import { AppError } from "../../src/system/app_error.ts";

function said(error: unknown, ...args: string[]): [string, number] {
  let text = "";
  const write = (stream: string, more: string) => text += `${stream}: ${more}`;
  const code = lastWords(error, { args, write });
  return [text, code];
}

Deno.test("lastWords() names the kind of a fault, and never what it says", () => {
  function broken(): never {
    throw new TypeError("canary");
  }
  try {
    broken();
  } catch (error) {
    const [text, code] = said(error, "upload");
    assert.equal(code, 1);
    assert.match(text, /^stderr: error: Unexpected: TypeError in \S*broken\n/);
    assert.doesNotMatch(text, /canary|last_words_test/);
  }
  for (const thrown of ["canary", { secret: "canary" }, undefined]) {
    const [text, code] = said(thrown);
    assert.equal(code, 1);
    assert.match(
      text,
      /^stderr: error: Unexpected: (?:string|object|undefined)\n/,
    );
  }
});

Deno.test("lastWords() writes one event with --json, unless that is no flag", () => {
  const error = new AppError("usage", "It is wrong", {
    hints: ["do it right"],
  });
  const [text, code] = said(error, "upload", "--json");
  assert.equal(code, 2);
  assert.deepEqual(JSON.parse(text.replace("stdout: ", "")), {
    event: "error",
    code: "usage",
    message: "It is wrong",
    hint: "do it right",
    "exit_code": 2,
  });
  const [plain] = said(error, "upload", "--", "--json");
  assert.equal(plain, "stderr: error: It is wrong\nhint: do it right\n");
});

Deno.test("lastWords() tells a disk that fails as such", () => {
  const error = Object.assign(new Error("(os error 5)"), { code: "EIO" });
  const [text, code] = said(error);
  assert.equal(code, 2);
  assert.match(text, /input\/output error of the disk \(EIO\)\nhint: /);
});
