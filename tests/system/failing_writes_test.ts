import assert from "node:assert/strict";
import { privateFiles } from "../../src/system/private_files.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";
import { appError } from "./errors.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (content: Uint8Array | undefined) =>
  content && new TextDecoder().decode(content);

/** Renames fail so many times. */
function failingRenames(times: number): Disposable {
  const { rename } = Deno;
  let left = times;
  Deno.rename = (from, to) =>
    left-- > 0
      ? Promise.reject(
        Object.assign(new Error("Input/output error (os error 5)"), {
          code: "EIO",
        }),
      )
      : rename(from, to);
  return { [Symbol.dispose]: () => void (Deno.rename = rename) };
}

Deno.test("a write that the disk refuses once is tried with another file", async () => {
  await using folder = await TemporaryFolder.make();
  const path = folder.join("a.age");
  using _failing = failingRenames(1);
  await privateFiles.write(path, bytes("new"));
  assert.equal(text(await privateFiles.read(path)), "new");
  assert.deepEqual(await privateFiles.list(folder.path), ["a.age"]);
});

Deno.test("a reserved write that cannot be renamed stays beside the file, and says in plain words why", async () => {
  await using folder = await TemporaryFolder.make();
  const path = folder.join("a.age");
  {
    using _failing = failingRenames(2);
    await using room = await privateFiles.reserve(path, 100);
    await assert.rejects(
      room.write(bytes("only copy")),
      appError(
        "store_unwritable",
        /^Cannot write ".+a\.age": input\/output error of the disk \(EIO\)$/,
      ),
    );
  }
  const [draft = "", ...more] = await privateFiles.drafts(path);
  assert.deepEqual(more, []);
  assert.equal(text(await privateFiles.read(draft)), "only copy");
});
