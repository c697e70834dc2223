import assert from "node:assert/strict";

interface Written {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What arrives of texts that a process writes, started through a shell command that ends with `exec "$@"`. */
async function written(
  texts: readonly string[],
  { count, shell, readAfter = 0 }: {
    count: number;
    shell: string;
    /** In milliseconds: until then the pipe is full. */
    readAfter?: number;
  },
): Promise<Written> {
  const script = new URL("children/write_stdout.ts", import.meta.url).href;
  const program = [Deno.execPath(), "run", "-A", "--quiet", script];
  const child = new Deno.Command("/bin/sh", {
    args: ["-c", shell, "sh", ...program, JSON.stringify(texts), `${count}`],
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  await new Promise((resolve) => setTimeout(resolve, readAfter));
  const { code, stdout, stderr } = await child.output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, stdout: text(stdout), stderr: text(stderr) };
}

/** Lines, ends of texts that are none, and much more than a pipe holds. */
const TEXTS = [
  `${"x".repeat(700)}\n`,
  `${"x".repeat(700)}|`,
  `one\ntwo ${"é".repeat(2000)}\nthree`,
  `${"€".repeat(3000)}\n`,
  "\n",
  "😀\n".repeat(3000),
];

/** dd changes its own stdout, which is the one of the program after it. */
const NON_BLOCKING = "dd if=/dev/null oflag=nonblock status=none";

Deno.test({
  name: "writeStdout() loses and repeats nothing where stdout does not block",
  ignore: Deno.build.os !== "linux",
  async fn() {
    const { code, stdout, stderr } = await written(TEXTS, {
      count: 100,
      shell: `${NON_BLOCKING}; exec "$@"`,
      readAfter: 1000,
    });
    assert.deepEqual([code, stderr], [0, "written\n"]);
    const expected = TEXTS.map((text) => text.repeat(100)).join("");
    assert.equal(stdout.length, expected.length);
    assert.ok(stdout === expected);
  },
});

Deno.test({
  name: "writeStdout() uses little of the processor while nobody reads",
  ignore: Deno.build.os !== "linux",
  async fn() {
    const { code, stdout, stderr } = await written(["x".repeat(500)], {
      count: 1000,
      shell: `${NON_BLOCKING}; "$@"; times >&2`,
      readAfter: 3000,
    });
    assert.deepEqual([code, stdout.length], [0, 500_000]);
    const [, , children = ""] = stderr.split("\n");
    const [, minutes, seconds] = /^(\d+)m([\d.]+)s /.exec(children) ?? [];
    assert.equal(minutes, "0");
    assert.ok(Number(seconds) < 1.5, children);
  },
});

Deno.test("writeStdout() is quiet when the reader has gone", async () => {
  const shell = '{ "$@"; } | head -c 1; exit 0';
  const { stdout, stderr } = await written(["line\n"], { count: 9999, shell });
  assert.deepEqual([stdout, stderr], ["l", "written\n"]);
});

Deno.test({
  name: "writeStdout() throws output_unwritable where the device is full",
  ignore: Deno.build.os !== "linux",
  async fn() {
    const shell = 'exec "$@" >/dev/full';
    const { code, stderr } = await written(["line\n"], { count: 1, shell });
    assert.equal(code, 1);
    assert.match(stderr, /AppError: Cannot write to stdout: no space is left/);
  },
});

Deno.test({
  name: "writeStderr() goes on where the device is full",
  ignore: Deno.build.os !== "linux",
  async fn() {
    const shell = 'exec "$@" 2>/dev/full';
    const { code, stdout } = await written(["line\n"], { count: 2, shell });
    assert.deepEqual([code, stdout], [0, "line\nline\n"]);
  },
});
