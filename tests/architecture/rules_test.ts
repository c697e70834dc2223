import assert from "node:assert/strict";
import {
  barrels,
  exits,
  layerViolations,
  libraryViolations,
  longFiles,
  longFunctions,
  lostDisposals,
  machineMentions,
  medianLines,
  outsideWorldViolations,
} from "./rules.ts";

const upwards: [path: string, text: string][] = [
  ["src/system/a.ts", `import { b } from "../cli/b.ts";`],
  ["src/tokens/a.ts", `import type { B } from "../login/b.ts";`],
  ["src/login/a.ts", `import { b } from "../upload/b.ts";`],
  ["src/inspect/a.ts", `export { b } from "../login/b.ts";`],
  ["src/standcloud/a.ts", `const b = await import("../tokens/b.ts");`],
  ["src/cli/a.ts", `import "../../main.ts";`],
  ["src/cli/a.ts", `import { say } from "../../scripts/compile/say.ts";`],
  ["src/a.ts", `import { run } from "./cli/run.ts";`],
];

for (const [path, text] of upwards) {
  Deno.test(`layerViolations() finds ${text} in ${path}`, () => {
    assert.equal(layerViolations([{ path, text }]).length, 1);
  });
}

Deno.test("layerViolations() lets imports go down, over several lines too", () => {
  const text = `import {
  a,
  type B,
} from "../../standcloud/address.ts";
// import { x } from "../../../scripts/x.ts";
stand.export("PATH", path);
const words = 'import { x } from "../../../scripts/x.ts"';`;
  const path = "src/cli/commands/a.ts";
  assert.deepEqual(layerViolations([{ path, text }]), []);
});

Deno.test("layerViolations() lets src/runs and src/page import only what is pure, whatever lies between", () => {
  const files = [
    { path: "src/page/a.ts", text: `import { x } from "../runs/x.ts";` },
    { path: "src/page/b.ts", text: `import { b } from "../system/b.ts";` },
    { path: "src/runs/a.ts", text: `import { b } from "../system/b.ts";` },
    { path: "src/runs/x.ts", text: `import { y } from "../system/y.ts";` },
    { path: "src/system/b.ts", text: `import { c } from "./c.ts";` },
    { path: "src/system/c.ts", text: "export const c = Deno.args;" },
    { path: "src/system/y.ts", text: `export { y } from "zod/mini";` },
  ];
  assert.deepEqual(layerViolations(files), [
    "src/page/b.ts imports src/system/b.ts",
    "src/runs/a.ts imports src/system/b.ts",
  ]);
});

const outside = [
  "const text = await Deno.readTextFile(path);",
  "await fetch(url)",
  "const now = Date.now();",
  "const now = new Date( );",
  "setTimeout(() => {}, 1)",
  "setInterval(() => {}, 1)",
  "AbortSignal.timeout(1)",
  "performance.now()",
  'console.log("x")',
  "process.env.HOME",
  'import { readFile } from "node:fs/promises";',
  'import process from "node:process";',
  "const text = `a ${Deno.cwd()} b`;",
];

for (const text of outside) {
  Deno.test(`outsideWorldViolations() finds ${text}`, () => {
    const here = { path: "src/login/a.ts", text };
    assert.equal(outsideWorldViolations([here]).length, 1);
    const below = { path: "src/system/a.ts", text };
    assert.deepEqual(outsideWorldViolations([below]), []);
  });
}

Deno.test("outsideWorldViolations() reads neither comments nor strings", () => {
  const text = `// Deno.exit, fetch(url)
/** setTimeout */
const a = "console.log" + 'Deno.env' + \`Date.now()\` + /Deno\\.[/"]x/.source;
const b = [oauth.customFetch, new Date(0), clock.now(), 4 / 2 / 1];
`;
  assert.deepEqual(
    outsideWorldViolations([{ path: "src/cli/a.ts", text }]),
    [],
  );
});

Deno.test("libraryViolations() finds second importers, strangers and unused libraries", () => {
  const files = [
    { path: "src/a.ts", text: `import { z } from "zod/mini";` },
    { path: "src/b.ts", text: `import type { Z } from "zod/mini";` },
    { path: "src/c.ts", text: `const f = () => import("fast-check");` },
    { path: "src/d.ts", text: `import { join } from "node:path";` },
  ];
  assert.deepEqual(libraryViolations(files, ["zod/mini", "smol-toml"]), [
    "fast-check is not for src/c.ts",
    "zod/mini has 2 importing files: src/a.ts, src/b.ts",
    "smol-toml has 0 importing files: ",
  ]);
});

Deno.test("longFiles() takes 250 lines and no more", () => {
  const file = (lines: number) => ({ path: "a.ts", text: "x\n".repeat(lines) });
  assert.deepEqual(longFiles([file(250), file(251)]), ["a.ts has 251 lines"]);
  assert.equal(medianLines([file(9), file(1), file(5)]), 5);
});

const heads = [
  "function long() {",
  "export async function long<T>(a: () => T, b = {}): Promise<{ x: T }> {",
  "function long(x: { y: string }): { x: string } | undefined {",
  "function long(): () => Promise<void> {",
  "class A { private long(): void {",
  "class A { [Symbol.dispose](): void {",
  "class A { get long(): number {",
  "const long = async (a: string) => {",
  "const long = (a = `${b}}`): Promise<string> => {",
  "const a = { async long(x) {",
];

for (const head of heads) {
  Deno.test(`longFunctions() takes 50 lines and no more of ${head}`, () => {
    const text = (lines: number) =>
      `${head}\n${"  f('}'); // }\n".repeat(lines - 2)}}\n`;
    const found = (lines: number) =>
      longFunctions([{ path: "a.ts", text: text(lines) }]).length;
    assert.deepEqual([found(50), found(51)], [0, 1]);
  });
}

Deno.test("longFunctions() counts no block and no object of more than 50 lines", () => {
  const lines = "  f();\n".repeat(60);
  const text = [
    `if (a(b)) {\n${lines}}`,
    `for (const a of b()) {\n${lines}}`,
    `const a = f(x) ? b(y) : {\n${lines}};`,
    `interface A {\n  f(a: string): void;\n${lines}}`,
  ].join("\n");
  assert.deepEqual(longFunctions([{ path: "a.ts", text }]), []);
});

Deno.test("lostDisposals() finds what the minifier would drop", () => {
  const text = `
async function lost() {
  await using room = await reserve();
  await room.save();
}
function kept() {
  using file = open();
  file.read();
  return file.stat();
}
function lock() {
  using _lock = held();
  room.save();
}
`;
  assert.deepEqual(lostDisposals([{ path: "a.ts", text }]), ["a.ts:3: room"]);
});

Deno.test("barrels() finds mod.ts, index.ts and files that pass on ours", () => {
  const files = [
    { path: "src/login/mod.ts", text: "" },
    { path: "src/login/index.ts", text: "" },
    { path: "src/login/all.ts", text: `export * from "./log_out.ts";` },
    {
      path: "src/system/schema.ts",
      text: `export { object } from "zod/mini";`,
    },
    { path: "src/login/fine.ts", text: `import { a } from "./a.ts";` },
  ];
  assert.equal(barrels(files).length, 3);
});

Deno.test("exits() finds Deno.exit and leaves Deno.exitCode alone", () => {
  const text = "Deno.exitCode = 1;\nDeno.exit(1);\nDeno.exit();\n";
  assert.deepEqual(exits([{ path: "a.ts", text }]), ["a.ts:2", "a.ts:3"]);
});

Deno.test("machineMentions() finds a home folder and a registry", () => {
  const [home, registry] = [["/ro", "ot/"], ["registry", ".npm"]]
    .map((parts) => parts.join(""));
  const text = `a\n${home}b\nhttps://${registry}js.org\n`;
  assert.deepEqual(machineMentions([{ path: "a.ts", text }]), [
    `a.ts:2: ${home}`,
    `a.ts:3: ${registry}`,
  ]);
});
