import assert from "node:assert/strict";
import { TemporaryFolder } from "../support/temporary_folder.ts";
import { startChild } from "./child.ts";

/** What a process without a handle left says of five actions on files. */
async function withoutHandles(mode: string): Promise<(string | undefined)[]> {
  await using folder = await TemporaryFolder.make();
  await folder.write("a.json", "{}");
  const args = [folder.path, mode];
  await using child = startChild("few_handles.ts", { args, openFiles: 64 });
  const lines: (string | undefined)[] = [];
  for (let n = 0; n < 5; n++) lines.push(await child.line());
  return lines;
}

Deno.test("files are read and written when others have given their handles back", async () => {
  assert.deepEqual(await withoutHandles("given back"), Array(5).fill("done"));
});

Deno.test("handles that have run out are told as such, and the document is not called unreadable", async () => {
  for (const line of await withoutHandles("kept")) {
    assert.match(line ?? "", /^Cannot open ".+": too many files are open at/);
  }
});
