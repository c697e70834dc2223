import assert from "node:assert/strict";
import { join } from "node:path";
import {
  documentName,
  DOCUMENTS,
  MANIFEST,
} from "../../../src/sources/bundle_names.ts";
import { TemporaryFolder } from "../../support/temporary_folder.ts";
import { REFUSED_NAMES } from "../../support/windows/names.ts";
import {
  type Contents,
  contentsOf,
  document,
  encoded,
  opened,
  writeFolder,
  writeZip,
} from "./bundles.ts";

/** Why a ZIP file with these contents is refused. */
async function refusal(
  contents: Contents,
  limits: Parameters<typeof opened>[1] = {},
): Promise<string> {
  await using folder = await TemporaryFolder.make();
  const path = folder.join("b.zip");
  await writeZip(path, contents);
  const found = await opened(path, limits);
  if (!("code" in found)) assert.fail("it is accepted");
  assert.equal(found.code, "bundle_damaged", found.message);
  const left = await Array.fromAsync(Deno.readDir(folder.path));
  assert.deepEqual(left.map(({ name }) => name), ["b.zip"]);
  return found.message.replace(path, "b.zip");
}

const NAMES = [
  "../x",
  "..\\x",
  "/etc/passwd",
  "C:\\x",
  "standcloud-documents/../../x.json",
  `other/${"0".repeat(64)}.json`,
  ...REFUSED_NAMES,
  // The same files to Windows.
  `${MANIFEST}.`,
  `${MANIFEST} `,
  `${MANIFEST}:stream`,
  MANIFEST.toUpperCase(),
  `${DOCUMENTS}\\${"0".repeat(64)}.json`,
  "x".repeat(300),
  "\u001b[31mred",
  "standcloud-documents/",
];

for (const name of NAMES) {
  Deno.test(`openBundle() refuses a bundle that also holds ${JSON.stringify(name.slice(0, 40))}`, async () => {
    const contents = await contentsOf([await document()]);
    const added: Contents = [...contents, [name, encoded("{}")]];
    if (name.endsWith("/")) added.pop();
    if (name.endsWith("/")) added.push([`${name}x`, encoded("{}")]);
    const message = await refusal(added);
    assert.ok(message.includes(`at "${name}`), message);
    assert.match(message, /it is not in standcloud-manifest\.json/);
  });
}

Deno.test("openBundle() refuses a bundle without one of the documents it lists", async () => {
  const [one, two] = [await document("SN-1"), await document("SN-2")];
  const message = await refusal(
    await contentsOf([one, { listed: two.listed }]),
  );
  assert.ok(
    message.includes(`at "${documentName(two.listed.digest)}": it is missing`),
    message,
  );
});

Deno.test("openBundle() refuses a document that is listed under another run's digest", async () => {
  const [one, two] = [await document("SN-1"), await document("SN-2")];
  const swapped = {
    bytes: one.bytes,
    listed: { ...one.listed, digest: two.listed.digest },
  };
  const message = await refusal(await contentsOf([swapped]));
  assert.match(message, /it is another run than listed/);
  assert.ok(message.includes(documentName(two.listed.digest)));
});

Deno.test("openBundle() does not unpack more of a document than is listed", async () => {
  const one = await document();
  const bomb = new Uint8Array(64 * 1024 * 1024);
  const message = await refusal(
    await contentsOf([{ bytes: bomb, listed: one.listed }]),
  );
  assert.match(message, RegExp(`unpacks to over ${one.listed.bytes} bytes`));
});

Deno.test("openBundle() refuses documents that are listed as too large, one or all of them", async () => {
  const [one, two] = [await document("SN-1"), await document("SN-2")];
  const both = await contentsOf([one, two]);
  const { bytes } = one.listed;
  assert.match(
    await refusal(both, { totalBytes: 2 * bytes - 1 }),
    /too large/,
  );
  const huge = { ...one, listed: { ...one.listed, bytes: 2 ** 50 } };
  assert.match(await refusal(await contentsOf([huge])), /too large/);
});

Deno.test("openBundle() refuses a bundle of too many entries", async () => {
  const contents = await contentsOf([await document()]);
  const more = Array.from(
    { length: 20 },
    (_, index): Contents[number] => [`${index}`, encoded("x")],
  );
  assert.match(
    await refusal([...contents, ...more], { documents: 10 }),
    /too many documents/,
  );
});

Deno.test("openBundle() follows no link of a folder", async () => {
  await using folder = await TemporaryFolder.make();
  const path = folder.join("bundle");
  const one = await document();
  await writeFolder(path, await contentsOf([one]));
  const name = documentName(one.listed.digest);
  await Deno.rename(join(path, name), folder.join("real.json"));
  await Deno.symlink(folder.join("real.json"), join(path, name));

  const found = await opened(path);

  if (!("code" in found)) assert.fail("it is accepted");
  assert.ok(found.message.includes(`at "${name}": it is not a file`));
});

Deno.test("openBundle() calls a ZIP file of somebody else no bundle", async () => {
  await using folder = await TemporaryFolder.make();
  const path = folder.join("b.zip");
  await writeZip(path, [["notes.txt", encoded("notes")]]);
  const found = await opened(path);
  if (!("code" in found)) assert.fail("it is accepted");
  assert.equal(found.code, "input_unreadable");
  assert.match(found.message, /is no bundle that upload --export has written/);
});
