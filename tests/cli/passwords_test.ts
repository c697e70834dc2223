import { deepStrictEqual as equal } from "node:assert/strict";
import { withoutPasswords } from "../../src/cli/clean.ts";

Deno.test("withoutPasswords() leaves user and password of a URL out, and nothing else", () => {
  const cases: [text: string, shown: string][] = [
    ['"http://dev:pw@localhost:5984/a"', '"http://localhost:5984/a"'],
    ["no http://dev:p@w@host and http://u:x@y", "no http://host and http://y"],
    ["http://u:p/w@h", "http://h"],
    ["http://u:p w@h", "http://h"],
    [
      "give http://USER:PASSWORD@HOST:PORT",
      "give http://USER:PASSWORD@HOST:PORT",
    ],
    [
      "http://localhost:5984/report#report_1_SN@7",
      "http://localhost:5984/report#report_1_SN@7",
    ],
    ["ask a@b.example, or see https://a.example/x", ""],
  ];
  for (const [text, shown] of cases) {
    equal(withoutPasswords(text), shown || text);
  }
});
