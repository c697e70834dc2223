import assert from "node:assert/strict";
import { join } from "node:path";
import { documentName, MANIFEST } from "../../../src/sources/bundle_names.ts";
import { TemporaryFolder } from "../../support/temporary_folder.ts";
import {
  contentsOf,
  document,
  opened,
  writeFolder,
  writeZip,
} from "./bundles.ts";

Deno.test("openBundle() refuses a ZIP file with any byte flipped, or finds what was exported", async () => {
  await using folder = await TemporaryFolder.make();
  const path = folder.join("b.zip");
  const one = await document();
  const zip = await writeZip(path, await contentsOf([one]));
  const text = new TextDecoder().decode(one.bytes);
  assert.deepEqual(await opened(path), { documents: [text] });

  let refused = 0;
  for (let at = 0; at < zip.length; at++) {
    const flipped = zip.slice();
    flipped[at] = (flipped[at] ?? 0) ^ (1 << at % 8);
    await Deno.writeFile(path, flipped);
    const found = await opened(path);
    if ("documents" in found) {
      // A date, or another byte that means nothing to anybody.
      assert.deepEqual(found.documents, [text], `byte ${at}`);
      continue;
    }
    refused++;
    assert.equal(found.code, "bundle_damaged", `byte ${at}: ${found.message}`);
    assert.match(found.message, /, at "[^"]+": /, `byte ${at}`);
  }
  assert.ok(refused > zip.length * 0.85, `${refused} of ${zip.length}`);
});

Deno.test("openBundle() refuses a ZIP file that was cut off anywhere, and names the entry", async () => {
  await using folder = await TemporaryFolder.make();
  const path = folder.join("b.zip");
  const one = await document();
  const zip = await writeZip(path, await contentsOf([one]));
  const first = documentName(one.listed.digest);
  // Before that nothing tells what the file was.
  const start = 30 + first.length;

  for (let length = 0; length < zip.length; length++) {
    await Deno.writeFile(path, zip.subarray(0, length));
    const found = await opened(path);
    if (!("code" in found)) assert.fail(`${length} bytes are accepted`);
    assert.equal(
      found.code,
      length < start ? "input_unreadable" : "bundle_damaged",
      `${length}: ${found.message}`,
    );
    if (length === start) assert.ok(found.message.includes(`at "${first}"`));
  }
});

Deno.test("openBundle() refuses a folder with any byte flipped or any file cut off, and names the file", async () => {
  await using folder = await TemporaryFolder.make();
  const path = folder.join("bundle");
  const contents = await contentsOf([await document()]);
  await writeFolder(path, contents);
  assert.ok("documents" in await opened(path));

  for (const [name, content] of contents) {
    const named = name.startsWith("standcloud-documents") ? name : MANIFEST;
    for (let at = 0; at < content.length; at++) {
      const flipped = content.slice();
      flipped[at] = (flipped[at] ?? 0) ^ (1 << at % 8);
      for (const damaged of [flipped, content.subarray(0, at)]) {
        await Deno.writeFile(join(path, name), damaged);
        const found = await opened(path);
        if (!("code" in found)) assert.fail(`${name}, byte ${at}`);
        assert.equal(found.code, "bundle_damaged");
        assert.ok(found.message.includes(`at "${named}"`), found.message);
      }
    }
    await Deno.writeFile(join(path, name), content);
  }
  assert.ok("documents" in await opened(path));
});

Deno.test("openBundle() says of a file of a folder that has grown that it is not what was exported", async () => {
  await using folder = await TemporaryFolder.make();
  const path = folder.join("bundle");
  const contents = await contentsOf([await document()]);
  await writeFolder(path, contents);
  for (const [name, content] of contents) {
    for (const more of [1, 10_000]) {
      const grown = new Uint8Array(content.length + more);
      grown.set(content);
      await Deno.writeFile(join(path, name), grown);
      const found = await opened(path);
      if (!("code" in found)) assert.fail(`${name} may grow`);
      assert.match(
        found.message,
        /: it (is not what was exported|does not fit [^ ;]+|is larger than 200 bytes);/,
      );
    }
    await Deno.writeFile(join(path, name), content);
  }
});

Deno.test("BundleSource.read() gives nothing of a document that was changed after the check", async () => {
  await using folder = await TemporaryFolder.make();
  const path = folder.join("bundle");
  const one = await document();
  await writeFolder(path, await contentsOf([one]));
  const { openBundle } = await import(
    "../../../src/upload/courier/open_bundle.ts"
  );
  const { openFolder } = await import("../../../src/system/folder_archive.ts");
  const { signal } = new AbortController();
  const bundle = await openBundle(openFolder(path), path, { signal });
  await Deno.writeTextFile(join(path, documentName(one.listed.digest)), "{}");

  for await (const source of bundle.sources()) {
    assert.deepEqual(await source.read(), {
      reason: "it is not what was exported",
    });
  }
});
