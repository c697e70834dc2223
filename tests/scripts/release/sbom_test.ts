import assert from "node:assert/strict";
import { join } from "node:path";
import { withBundle } from "../../../scripts/compile/build.ts";
import { lockedPackages } from "../../../scripts/compile/lock.ts";
import { fromRoot } from "../../../scripts/compile/paths.ts";
import { cyclonedxFaults } from "../../support/cyclonedx.ts";
import { npmCache, release, type Released } from "./released.ts";

interface Component {
  readonly type: string;
  readonly group?: string;
  readonly name: string;
  readonly version: string;
  readonly licenses: readonly { license: { id: string } }[];
  readonly hashes: readonly { alg: string; content: string }[];
}

async function libraries(released: Released): Promise<Map<string, Component>> {
  const name = `standcloud-${released.version}.cdx.json`;
  const { components } = JSON.parse(await released.read(name));
  return new Map(
    (components as Component[]).filter(({ type }) => type === "library")
      .map((one) => [
        `${one.group === undefined ? "" : `${one.group}/`}${one.name}`,
        one,
      ]),
  );
}

/** Strings of a program that are long enough to tell where it came from. */
function literals(code: string): Set<string> {
  const found = code.matchAll(/(["'`])((?:(?!\1)[^\\\n$]){16,120})\1/g);
  // What begins with a bracket or a comma is code between two strings.
  const texts = [...found].map(([, , text = ""]) => text);
  return new Set(texts.filter((text) => /^[\w@/ ]/.test(text)));
}

async function literalsBelow(folder: string): Promise<Set<string>> {
  const all = new Set<string>();
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const path = join(folder, name);
    if (isDirectory) (await literalsBelow(path)).forEach((one) => all.add(one));
    else if (/\.(?:m?js|ts)$/.test(name)) {
      literals(await Deno.readTextFile(path)).forEach((one) => all.add(one));
    }
  }
  return all;
}

async function folderOf(cache: string, name: string, version: string) {
  for await (const { name: registry } of Deno.readDir(cache)) {
    const folder = join(cache, registry, name, version);
    const info = await Deno.stat(folder).catch(() => null);
    if (info !== null) return folder;
  }
  return null;
}

Deno.test("sbom() names the packages whose text is in the bundle, and no other", async () => {
  await using released = await release();
  const listed = await libraries(released);
  const bundled = await withBundle(fromRoot("main.ts"), {
    use: ({ chunks }) =>
      Promise.resolve(literals([...chunks.values()].join("\n"))),
  });
  const cache = await npmCache();
  const ofListed = await literalsBelow(fromRoot("src"));
  const strangers: [string, Set<string>][] = [];
  let confirmed = 0;
  for (const { name, version } of (await lockedPackages()).values()) {
    const folder = await folderOf(cache, name, version);
    if (folder === null) continue;
    const own = await literalsBelow(folder);
    if (!listed.has(name)) strangers.push([name, own]);
    else {
      if (!own.isDisjointFrom(bundled)) confirmed++;
      own.forEach((one) => ofListed.add(one));
    }
  }
  assert.ok(strangers.length > 20, `${strangers.length} packages are left out`);
  for (const [name, own] of strangers) {
    const shared = [...own.intersection(bundled)]
      .filter((text) => !ofListed.has(text));
    assert.deepEqual(shared, [], `${name} is in the bundle, not in the list`);
  }
  // Some are so small that they hold no such text.
  assert.ok(confirmed >= 10, `only ${confirmed} of ${listed.size} confirmed`);
  const known = ["zod", "@stricli/core", "age-encryption", "oauth4webapi"];
  assert.deepEqual(known.filter((name) => !listed.has(name)), []);
  for (
    const name of [
      "@dagrejs/graphlib",
      "fast-check",
      "oidc-provider",
      "playwright-core",
    ]
  ) {
    assert.ok(!listed.has(name), name);
  }
});

Deno.test("sbom() gives version, licence and the lock file's hash of each package", async () => {
  await using released = await release();
  const locked = await lockedPackages();
  for (const [name, one] of await libraries(released)) {
    const integrity = locked.get(`${name}@${one.version}`)?.integrity ?? "";
    const sum = Uint8Array.fromHex(one.hashes[0]?.content ?? "").toBase64();
    assert.equal(`sha512-${sum}`, integrity, name);
    assert.match(one.licenses[0]?.license.id ?? "", /^[\w.-]+$/, name);
  }
});

Deno.test("thirdPartyLicences() holds a licence text for each package of the SBOM, for Deno and for V8", async () => {
  await using released = await release();
  const text = await released.read("THIRD-PARTY-LICENSES");
  const parts = text.split(/^={78}$/m);
  const names = [
    ...[...await libraries(released)].map(([name, { version }]) =>
      `${name} ${version}`
    ),
    `Deno ${Deno.version.deno}`,
    `V8 ${Deno.version.v8}`,
  ];
  for (const name of names) {
    const at = parts.findIndex((part) => part.startsWith(`\n${name} (`));
    assert.ok(at !== -1, name);
    assert.match(
      parts[at + 1] ?? "",
      /Permission is hereby granted|Redistribution and use|TERMS AND CONDITIONS/,
      name,
    );
  }
  assert.equal(parts.length, 2 * names.length + 1);
});

Deno.test("sbom() is a document that CycloneDX's own schema accepts", async () => {
  await using released = await release();
  const name = `standcloud-${released.version}.cdx.json`;
  const text = await released.read(name);
  assert.equal(await cyclonedxFaults(text), undefined);
  const changed = { ...JSON.parse(text), madeUp: true };
  assert.notEqual(await cyclonedxFaults(JSON.stringify(changed)), undefined);
});
