import assert from "node:assert/strict";
import { sha256 } from "../../../scripts/compile/sha256.ts";
import { wrongSubjects } from "../../../scripts/release/provenance.ts";
import { TemporaryFolder } from "../../support/temporary_folder.ts";
import { release, type Released, runIn } from "./released.ts";

interface Statement {
  readonly _type: string;
  readonly predicateType: string;
  readonly subject: readonly { name: string; digest: { sha256: string } }[];
  readonly predicate: {
    readonly buildDefinition: {
      readonly buildType: string;
      readonly externalParameters: { readonly version: string };
      readonly resolvedDependencies: readonly {
        readonly name?: string;
        readonly uri?: string;
        readonly digest: Record<string, string>;
      }[];
    };
    readonly runDetails: { readonly builder: { readonly id: string } };
  };
}

/** A release that is signed with a new key, which `allowed_signers` names. */
async function signedRelease(keys: TemporaryFolder): Promise<Released> {
  const make = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", "key"];
  assert.equal((await runIn(keys.path, make)).code, 0);
  const released = await release(keys.join("key"));
  const key = await Deno.readTextFile(keys.join("key.pub"));
  const signers = `${released.folder}/allowed_signers`;
  await Deno.writeTextFile(signers, `standcloud ${key}`);
  return released;
}

async function statementAbout(
  released: Released,
  name: string,
): Promise<Statement> {
  return JSON.parse(await released.read(`${name}.intoto.json`));
}

/** The command of docs/security.md for the statement about a file. */
async function check({ folder }: Released, name: string): Promise<number> {
  const command = [
    `ssh-keygen -Y verify -f allowed_signers -I standcloud -n standcloud-release`,
    `-s ${name}.intoto.json.sig < ${name}.intoto.json`,
    `&& grep -q "$(sha256sum < ${name} | cut -c 1-64)" ${name}.intoto.json`,
  ].join(" ");
  return (await runIn(folder, ["sh", "-c", command])).code;
}

Deno.test("a signed statement beside the program and the sums tells how every released file was made, and from what", async () => {
  await using keys = await TemporaryFolder.make();
  await using released = await signedRelease(keys);
  const { folder, program, version, names } = released;
  const programName = program.slice(folder.length + 1);

  const about = await statementAbout(released, programName);
  const bytes = await Deno.readFile(program);
  assert.deepEqual(about.subject, [
    { name: programName, digest: { sha256: await sha256(bytes) } },
  ]);
  assert.equal(about._type, "https://in-toto.io/Statement/v1");
  assert.equal(about.predicateType, "https://slsa.dev/provenance/v1");
  const { buildDefinition, runDetails } = about.predicate;
  assert.equal(buildDefinition.externalParameters.version, version);
  assert.equal(runDetails.builder.id, buildDefinition.buildType);

  const all = (await statementAbout(released, "SHA256SUMS")).subject;
  assert.deepEqual(
    all.map(({ name }) => name).sort(),
    [...names].sort(),
    "every file is a subject",
  );

  const { resolvedDependencies } = buildDefinition;
  const named = (name: RegExp) =>
    resolvedDependencies.find((one) => name.test(one.name ?? one.uri ?? ""));
  assert.match(
    named(/^source$/)?.digest["gitCommit"] ?? "",
    /^[0-9a-f]{40}(?:-dirty)?$/,
  );
  assert.match(named(/^deno /)?.digest["sha256"] ?? "", /^[0-9a-f]{64}$/);
  assert.match(named(/^denort /)?.digest["sha256"] ?? "", /^[0-9a-f]{64}$/);
  assert.match(
    named(/^pkg:npm\/oauth4webapi@/)?.digest["sha512"] ?? "",
    /^[0-9a-f]{128}$/,
  );
});

Deno.test("the documented command refuses a changed program, a changed statement and another signer", async () => {
  await using keys = await TemporaryFolder.make();
  await using released = await signedRelease(keys);
  const { folder, program } = released;
  const name = program.slice(folder.length + 1);
  const statement = `${folder}/${name}.intoto.json`;
  assert.equal(await check(released, name), 0);
  assert.deepEqual(await wrongSubjects(folder, name), []);

  const text = await Deno.readTextFile(statement);
  await Deno.writeTextFile(statement, text.replace("v1", "v2"));
  assert.notEqual(await check(released, name), 0);
  await Deno.writeTextFile(statement, text);

  await Deno.writeTextFile(program, "\n", { append: true });
  assert.notEqual(await check(released, name), 0);
  assert.deepEqual(await wrongSubjects(folder, name), [name]);
  await Deno.truncate(program, (await Deno.stat(program)).size - 1);
  assert.equal(await check(released, name), 0);

  const make = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", "other"];
  assert.equal((await runIn(keys.path, make)).code, 0);
  const other = await Deno.readTextFile(keys.join("other.pub"));
  await Deno.writeTextFile(
    `${folder}/allowed_signers`,
    `standcloud ${other}`,
  );
  assert.notEqual(await check(released, name), 0);
});
