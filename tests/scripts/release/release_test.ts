import assert from "node:assert/strict";
import { allRoutes } from "../../cli/commands.ts";
import { release, runIn } from "./released.ts";

Deno.test("buildRelease() writes what a factory downloads, with sums that sha256sum confirms", async () => {
  await using released = await release();
  const { folder, names, version } = released;

  for (
    const name of [
      `standcloud-${version}.cdx.json`,
      "THIRD-PARTY-LICENSES",
      "LICENSE",
      "README.md",
      "CONTRIBUTING.md",
      "docs/first-ten-minutes-linux.md",
      "docs/rollout.md",
      "standcloud.1",
      "completions/standcloud.bash",
      "completions/_standcloud",
      "completions/standcloud.fish",
      "completions/standcloud.ps1",
      "provision/install.sh",
      "provision/login_stands.sh",
      "SHA256SUMS",
    ]
  ) assert.ok(names.includes(name), name);

  const sums = await runIn(folder, ["sha256sum", "--check", "SHA256SUMS"]);
  assert.equal(sums.code, 0, sums.text);
  assert.equal(sums.text.match(/: OK$/gm)?.length, names.length - 1);

  await Deno.writeTextFile(`${folder}/standcloud.1`, "another text");
  const changed = await runIn(folder, ["sha256sum", "--check", "SHA256SUMS"]);
  assert.equal(changed.code, 1);
  assert.match(changed.text, /^standcloud\.1: FAILED$/m);
});

Deno.test("buildRelease() makes a program that names its commit", async () => {
  await using released = await release();
  const { code, text } = await runIn(released.folder, [
    released.program,
    "--version",
    "--json",
  ]);
  assert.equal(code, 0);
  const { version, commit } = JSON.parse(text);
  assert.equal(version, released.version);
  const head = await runIn(".", ["git", "rev-parse", "HEAD"]);
  assert.equal(commit.replace("-dirty", ""), head.text.trim());
});

Deno.test("buildRelease() writes a man page with every command and flag, which groff sets without a warning", async () => {
  await using released = await release();
  const page = `${released.folder}/standcloud.1`;
  const warnings = await runIn(".", ["groff", "-man", "-ww", "-z", page]);
  assert.deepEqual(warnings, { code: 0, text: "" });
  const set = await runIn(".", ["groff", "-man", "-Tutf8", page]);
  // deno-lint-ignore no-control-regex -- bold and underlined letters
  const text = set.text.replace(/\x1b\[[\d;]*m|.\x08/g, "")
    .replaceAll("‐\n", "").replace(/\s+/g, " ");
  for (const words of allRoutes().commands) {
    assert.ok(text.includes(`standcloud ${words.join(" ")}`), words.join(" "));
    const help = await runIn(".", [released.program, ...words, "--help"]);
    for (const [, flag] of help.text.matchAll(/^\s+\[?(--[a-z][\w-]+)/gm)) {
      assert.ok(text.includes(flag ?? ""), `${words.join(" ")} ${flag}`);
    }
  }
  assert.match(text, /EXIT STATUS 0 Done/);
  assert.match(text, /STANDCLOUD_HOME folder for all files/);
  assert.match(
    text,
    /FILES key\.txt.* Linux: ~\/\.config\/standcloud\/\. macOS: /,
  );
});
