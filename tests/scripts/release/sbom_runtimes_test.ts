import assert from "node:assert/strict";
import { runtimeSource, TARGETS } from "../../../scripts/compile/targets.ts";
import { sbom } from "../../../scripts/release/sbom.ts";

interface Runtime {
  readonly "bom-ref": string;
  readonly purl?: string;
  readonly hashes: readonly { alg: string; content: string }[];
  readonly pedigree?: {
    readonly ancestors: readonly Pick<Runtime, "purl" | "hashes">[];
  };
}

async function runtimes() {
  const document = await sbom({
    version: "1.2.3",
    commit: "",
    date: new Date(0),
    payload: {
      bytes: 0,
      chunks: 0,
      sha256: "0".repeat(64),
      packages: [],
      ownCharacters: 0,
    },
    targets: TARGETS,
  });
  return { document, runtimes: document["components"] as Runtime[] };
}

Deno.test("sbom() gives a runtime Deno's name only where it is the file that Deno released", async () => {
  const found = await runtimes();
  for (const [index, target] of TARGETS.entries()) {
    const one = found.runtimes[index];
    const source = runtimeSource(target);
    assert.equal(one?.hashes[0]?.content, source.sha256);
    if (source.identical) {
      assert.match(one.purl ?? "", /^pkg:github\/denoland\/deno@v/);
      assert.equal(one.pedigree, undefined);
      continue;
    }
    assert.equal(one.purl, undefined, target);
    const [npm, deno] = one.pedigree?.ancestors ?? [];
    assert.equal(
      npm?.purl,
      `pkg:npm/${source.package.replace("@", "%40")}@0.22.2`,
    );
    assert.match(npm.hashes[0]?.content ?? "", /^[0-9a-f]{128}$/, target);
    assert.equal(deno?.hashes, undefined);
  }
});

Deno.test("sbom() says that the list of what is in the runtimes is incomplete", async () => {
  const { document, runtimes: all } = await runtimes();
  assert.deepEqual(document["compositions"], [{
    aggregate: "incomplete",
    assemblies: all.map((one) => one["bom-ref"]),
  }]);
});
