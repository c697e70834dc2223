import { deepStrictEqual as equal, ok } from "node:assert/strict";
import { join, resolve } from "node:path";
import fc from "fast-check";
import { AppError } from "../../src/system/app_error.ts";
import { parseAddress } from "../../src/standcloud/address.ts";
import {
  newIdentity,
  recipientOf,
  sealBoxFor,
} from "../../src/tokens/age_box.ts";
import { runProgram } from "../support/run_program.ts";
import { loginContent } from "../support/login_file.ts";
import { listing, TemporaryFolder } from "../support/temporary_folder.ts";

const hostile = [
  "../../x",
  "..",
  ".",
  "/etc/passwd",
  "..%2f..%2fx",
  "a/../../b",
  "a\\..\\b",
  "CON",
  "con.standcloud.io",
  "NUL:443",
  "a:b",
  "a\0b",
  "a.age\n",
  "x".repeat(300),
  "trailing.",
  "trailing. ",
  "-rf",
  "~root",
  "$HOME",
  "aux.",
  "ﬁle.example",
  "..。..。x",
];

Deno.test("duty 41: no address of a command makes a file outside of the folder", async () => {
  await using folder = await TemporaryFolder.make();
  const home = folder.join("deep", "home");
  await Deno.mkdir(home, { recursive: true, mode: 0o700 });
  const before = await listing(folder.path);
  for (const address of hostile) {
    const options = { home, stdin: "the-key" };
    for (
      const args of [
        ["sc-logout", "--", address],
        ["sc-login", "--check", "--", address],
      ]
    ) {
      const { code } = await runProgram(args, options);
      ok([2, 3].includes(code), `${address}: ${code}`);
    }
    const variable = { ...options, env: { STANDCLOUD_ADDRESS: address } };
    const { code } = await runProgram(["sc-logout"], variable);
    ok([2, 3].includes(code), `${address}: ${code}`);
  }
  equal(await listing(folder.path), before);
});

Deno.test("duty 41: whatever is taken for an address has a file name that stays in its folder", () => {
  const parts = fc.array(
    fc.oneof(
      fc.constantFrom(
        "..",
        ".",
        "/",
        "\\",
        ":",
        "%2e",
        "con",
        "[::1]",
        "@",
        "\0",
      ),
      fc.string({ unit: "grapheme", maxLength: 4 }),
      fc.domain(),
    ),
    { maxLength: 5 },
  ).map((words) => words.join(""));
  const names = new Map<string, string>();
  fc.assert(
    fc.property(fc.oneof(parts, fc.constantFrom(...hostile)), (text) => {
      let address;
      try {
        address = parseAddress(text);
      } catch (error) {
        ok(error instanceof AppError);
        return;
      }
      const name = `${address.fileName}.age`;
      equal(resolve("/logins", name), join("/logins", name));
      ok(/^[a-z0-9][a-z0-9._-]*$/i.test(name) && name.length < 300, name);
      // Where letters of both sizes are the same, two addresses have two files.
      const key = name.toLowerCase();
      equal(names.get(key) ?? address.text, address.text);
      names.set(key, address.text);
    }),
    { numRuns: 3000, seed: 41 },
  );
  ok(names.size > 50);
});

Deno.test("duty 41: an address in a file that is taken over never becomes a path", async () => {
  await using folder = await TemporaryFolder.make();
  const home = folder.join("deep", "home");
  await Deno.mkdir(home, { recursive: true, mode: 0o700 });
  const identity = await newIdentity();
  const keyFile = await folder.write("key", identity.reveal());
  const recipient = await recipientOf([identity]);
  for (const address of hostile) {
    const content = loginContent(address, { "handed_to": recipient });
    const box = await sealBoxFor(JSON.stringify(content), recipient);
    const file = await folder.write("handed.age", box);
    const { code } = await runProgram(
      ["sc-login", "--from", file, "--key-file", keyFile],
      { home },
    );
    equal([address, code], [address, 3]);
  }
  const made = (await listing(home)).filter((line) => /\.age$/.test(line));
  equal(made, []);
});
