import assert from "node:assert/strict";
import { setCourierStage, writeRuns } from "../support/courier.ts";
import { named } from "../support/outcomes.ts";

const FOLDERS: [folder: string, given: string, receipts: string][] = [
  ["b", "b", "b.receipts.jsonl"],
  ["b", "b/", "b.receipts.jsonl"],
  ["b", "b/.", "b.receipts.jsonl"],
  ["b", "b/./", "b.receipts.jsonl"],
  ["b", "b/standcloud-documents/..", "b.receipts.jsonl"],
  // A stick itself, as Windows calls it.
  ["E:\\", "E:\\", "E:\\.receipts.jsonl"],
];

for (const [folder, given, file] of FOLDERS) {
  Deno.test(`upload of a bundle in the folder ${given} writes its receipts to ${file}`, async () => {
    await using stage = await setCourierStage();
    await writeRuns(stage.path("runs"), 3);
    const { pc, path, stand } = stage;
    await stand("upload", "--export", path("new"), path("runs"));
    await Deno.rename(path("new"), path(folder));

    const result = await pc.run(["upload", "--json", `${path()}/${given}`]);

    assert.equal(result.code, 0);
    assert.deepEqual(
      named(result, "receipts"),
      [{ event: "receipts", path: path(file), receipts: 3 }],
    );
  });
}

Deno.test("upload of a folder says that it passes over a bundle in it", async () => {
  await using stage = await setCourierStage();
  const { pc, path, stand } = stage;
  await writeRuns(path("runs"), 1);
  await writeRuns(path("stick", "more"), 1);
  await stand("upload", "--export", path("stick", "bundle"), path("runs"));

  const { code, stderr } = await pc.run(["upload", path("stick")]);

  assert.equal(code, 0);
  assert.equal(pc.sandbox.reports.length, 1);
  const bundle = path("stick", "bundle");
  assert.ok(
    stderr.includes(`note: "${bundle}" is a bundle; upload it by itself`),
  );
});
