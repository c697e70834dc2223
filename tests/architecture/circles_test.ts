import assert from "node:assert/strict";
import { circles } from "./circles.ts";

Deno.test("circles() finds files that import each other through others, if only for types", () => {
  const files = [
    { path: "src/a/one.ts", text: `import { two } from "./two.ts";` },
    { path: "src/a/two.ts", text: `import { three } from "../b/three.ts";` },
    { path: "src/b/three.ts", text: `import type { One } from "../a/one.ts";` },
    { path: "src/b/above.ts", text: `import { one } from "../a/one.ts";` },
    { path: "src/b/self.ts", text: `const self = await import("./self.ts");` },
  ];
  assert.deepEqual(circles(files), [
    "src/a/one.ts, src/a/two.ts, src/b/three.ts",
    "src/b/self.ts",
  ]);
});

Deno.test("circles() lets two files import a third one", () => {
  const files = [
    {
      path: "src/a.ts",
      text: `import { b } from "./b.ts"; import { c } from "./c.ts";`,
    },
    { path: "src/b.ts", text: `import { c } from "./c.ts";` },
    { path: "src/c.ts", text: `import { d } from "node:path";` },
  ];
  assert.deepEqual(circles(files), []);
});
