import assert from "node:assert/strict";
import { dirname, join } from "node:path/posix";
import { fromRoot } from "../../scripts/compile/paths.ts";
import { readSource } from "../architecture/source_file.ts";
import { pages } from "./pages.ts";

const { tasks } = JSON.parse((await readSource("deno.json")).text);

/** A column of `stats`, which looks like a path. */
const COLUMN = "tests/unit";

interface Link {
  readonly page: string;
  readonly target: string;
}

const links: Link[] = pages.flatMap(({ path, text }) =>
  [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = ""]) => ({ page: path, target }))
);

/** The anchor of a heading, as Git hosts make it. */
function anchorOf(heading: string): string {
  return heading.toLowerCase().replace(/[^\p{L}\d _-]/gu, "")
    .replaceAll(" ", "-");
}

Deno.test("every link of the documents leads to a file and a heading that are there", async () => {
  const local = links.filter(({ target }) => !target.startsWith("https:"));
  assert.ok(local.length > 40, `${local.length} links`);
  for (const { page, target } of local) {
    const [name = "", anchor] = target.split("#");
    const path = name === "" ? page : join(dirname(page), name);
    await assert.doesNotReject(Deno.stat(fromRoot(path)), `${page}: ${target}`);
    if (anchor === undefined) continue;
    const text = pages.find((one) => one.path === path)?.text ?? "";
    const anchors = [...text.matchAll(/^#+ (.+)$/gm)]
      .map(([, heading = ""]) => anchorOf(heading));
    assert.ok(anchors.includes(anchor), `${page}: ${target}`);
  }
});

Deno.test("the README leads to every page of docs", () => {
  const named = links.filter(({ page }) => page === "README.md")
    .map(({ target }) => target.split("#")[0]);
  for (const { path } of pages) {
    if (path !== "README.md") assert.ok(named.includes(path), path);
  }
});

Deno.test("every task, script and test that the documents name is there", async () => {
  for (const { path: page, text } of pages) {
    for (const [, task = ""] of text.matchAll(/scripts\/deno task (\w+)/g)) {
      assert.ok(task in tasks, `${page}: ${task}`);
    }
    for (
      const [path] of text.replaceAll(COLUMN, "").matchAll(
        /\b(?:scripts|tests|src)\/[\w/.-]*\w/g,
      )
    ) await assert.doesNotReject(Deno.stat(fromRoot(path)), `${page}: ${path}`);
  }
});
