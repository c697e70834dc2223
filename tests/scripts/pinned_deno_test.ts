import assert from "node:assert/strict";
import { join } from "node:path";
import { fromRoot } from "../../scripts/compile/paths.ts";

const DENO = `#!/bin/sh
case $1 in
  --version) echo "deno 2.7.11 (stable, release, x86_64-unknown-linux-gnu)" ;;
  *) echo "ran $0" ;;
esac
`;

/** An npm that installs the Deno of this test. */
const NPM = `#!/bin/sh
mkdir -p "$3/node_modules/@deno/some-system"
cp "$(dirname "$0")/to-install" "$3/node_modules/@deno/some-system/deno"
`;

interface Checkout extends AsyncDisposable {
  readonly root: string;
  readonly bin: string;
  run(): Promise<{ code: number; stdout: string; stderr: string }>;
}

/** A folder with `scripts/deno`, a list of hashes, and programs on PATH. */
async function checkout(listed: string): Promise<Checkout> {
  const root = await Deno.makeTempDir();
  const bin = join(root, "bin");
  const scripts = join(root, "scripts");
  await Deno.mkdir(bin);
  await Deno.mkdir(scripts);
  await Deno.copyFile(fromRoot("scripts/deno"), join(scripts, "deno"));
  await Deno.writeTextFile(join(scripts, "deno.sha256"), listed);
  await program(join(bin, "npm"), NPM);
  await program(join(bin, "to-install"), DENO);
  return {
    root,
    bin,
    run: async () => {
      const output = await new Deno.Command("sh", {
        args: [join(scripts, "deno"), "run"],
        env: { PATH: `${bin}:/usr/bin:/bin` },
        clearEnv: true,
      }).output();
      const decoder = new TextDecoder();
      const stdout = decoder.decode(output.stdout);
      const stderr = decoder.decode(output.stderr);
      return { code: output.code, stdout, stderr };
    },
    [Symbol.asyncDispose]: () => Deno.remove(root, { recursive: true }),
  };
}

async function program(path: string, text: string): Promise<void> {
  await Deno.writeTextFile(path, text, { mode: 0o755 });
}

async function lineOf(text: string): Promise<string> {
  const bytes = new TextEncoder().encode(text);
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return `${hash.toHex()}  some-system/deno\n`;
}

const ignore = Deno.build.os === "windows";

Deno.test(
  "scripts/deno runs a Deno on PATH whose hash is listed",
  { ignore },
  async () => {
    await using made = await checkout(await lineOf(DENO));
    await program(join(made.bin, "deno"), DENO);
    const { code, stdout } = await made.run();
    assert.equal(code, 0);
    assert.equal(stdout, `ran ${join(made.bin, "deno")}\n`);
  },
);

Deno.test(
  "scripts/deno never starts a Deno on PATH whose hash is not listed (duty 59)",
  {
    ignore,
  },
  async () => {
    await using made = await checkout(await lineOf(DENO));
    await program(join(made.bin, "deno"), `${DENO}# changed\n`);
    const { stdout } = await made.run();
    assert.match(
      stdout,
      /^ran .*deno-2\.7\.11-checked.*@deno\/some-system\/deno$/m,
    );
  },
);

Deno.test(
  "scripts/deno refuses a Deno from npm whose hash is not listed, and keeps nothing of it (duty 59)",
  { ignore },
  async () => {
    await using made = await checkout(await lineOf("another file"));
    const { code, stdout, stderr } = await made.run();
    assert.equal(code, 1);
    assert.equal(stdout, "");
    assert.match(stderr, /not one of scripts\/deno\.sha256/);
    assert.match(stderr, /its SHA-256 is [0-9a-f]{64};/);
    const toolchain = Deno.readDir(join(made.root, ".toolchain"));
    const left = await Array.fromAsync(toolchain);
    assert.deepEqual(left, []);
  },
);
