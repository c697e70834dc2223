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
