import assert from "node:assert/strict";
import { describedCommands } from "../../scripts/reference/command_tree.ts";
import { pages } from "./pages.ts";

/** Flags of programs other than `standcloud`. */
const OTHERS = [
  // install.sh
  ...["--address", "--keep-login", "--purge", "--root", "--uninstall"],
  // sha256sum, pip, systemctl
  ...["--ignore-missing", "--failed", "--no-deps", "--only-binary"],
  "--platform",
  // Scripts and tasks of this project, and what the benchmarks stand beside
  ...["--baseline", "--parallel", "--rtt", "--sign"],
  ...["--counts", "--minute", "--runs", "--seed"],
];

Deno.test("every flag that the documents name is one that some command has", () => {
  const known = new Set([
    ...OTHERS,
    ...["--help", "--version"],
    ...describedCommands().flatMap(({ flags }) => flags)
      .map(({ name }) => name),
  ]);
  const named = pages.flatMap(({ path, text }) =>
    [...text.matchAll(/(?<![\w-])--[a-z][a-z-]*/g)]
      .map(([flag]) => ({ path, flag }))
  );
  assert.ok(named.length > 150, `${named.length} flags`);
  const strangers = named.filter(({ flag }) => !known.has(flag));
  assert.deepEqual(strangers, []);
  const used = new Set(named.map(({ flag }) => flag));
  assert.deepEqual(OTHERS.filter((flag) => !used.has(flag)), []);
});
