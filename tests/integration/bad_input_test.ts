import { deepStrictEqual as equal, match, ok } from "node:assert/strict";
import { asNobody } from "../support/nobody.ts";
import { runBinary } from "../support/run_binary.ts";
import type { ProgramResult } from "../support/running_program.ts";
import { runFile } from "../support/runs.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";
import { soundRun } from "../runs/rules/sound_runs.ts";

/** No document of these tests is sent, so that nobody needs to listen there. */
const NOBODY = {
  STANDCLOUD_ADDRESS: "127.0.0.1:9",
  STANDCLOUD_API_KEY: "the-key",
};

/** Runs `upload` on a path below the folder that `prepare` fills. */
async function upload(
  prepare: (folder: TemporaryFolder) => string | Promise<string>,
  { mayReadAll = true } = {},
): Promise<ProgramResult & { path: string }> {
  await using folder = await TemporaryFolder.make();
  const path = await prepare(folder);
  const result = await runBinary(["upload", path], {
    home: folder.join("home"),
    env: NOBODY,
    ...(!mayReadAll && { starter: await asNobody(folder) }),
  });
  for (const text of [result.stdout, result.stderr]) {
    ok(!/\n\s+at |file:\/\/|\.ts:\d/.test(text), text);
  }
  return { ...result, path };
}

interface Case {
  readonly name: string;
  readonly prepare: (folder: TemporaryFolder) => string | Promise<string>;
  readonly message: string;
}

/** Paths that hold nothing to look at: exit 2. */
const PATHS: readonly Case[] = [
  {
    name: "a file that is not there",
    prepare: (folder) => folder.join("run.json"),
    message: 'Cannot read "PATH": no such file or folder',
  },
  {
    name: "a path below a file",
    prepare: async (folder) => `${await folder.write("run.json", "{}")}/x.json`,
    message: 'Cannot read "PATH": ',
  },
  {
    name: "a folder without documents",
    prepare: async (folder) => {
      await folder.write("notes.txt", "nothing");
      return folder.path;
    },
    message: '"PATH" holds no run documents (*.json)',
  },
  {
    name: "receipts, which `history import` takes,",
    prepare: (folder) => folder.write("bundle.receipts.jsonl", "{}\n"),
    message: '"PATH" holds no run documents (*.json)\n' +
      "hint: it goes with a bundle; standcloud history import takes",
  },
  {
    name: "a folder with nothing but a link that leads outside",
    prepare: async (folder) => {
      await Deno.mkdir(folder.join("runs"));
      await Deno.symlink(
        runFile("minimum.jsonloader"),
        folder.join("runs", "run.json"),
      );
      return folder.join("runs");
    },
    message: '"PATH" holds no run documents (*.json)',
  },
];

for (const { name, prepare, message } of PATHS) {
  Deno.test(`upload of ${name} ends with exit 2`, async () => {
    const { code, stdout, stderr, path } = await upload(prepare);

    equal([code, stdout], [2, ""]);
    const error = stderr.replace(/^note: .*\n/, "");
    ok(error.startsWith(`error: ${message.replace("PATH", path)}`), stderr);
  });
}

/** Files that are there and cannot be read: exit 2, and the others go on. */
const UNREADABLE: readonly Case[] = [
  {
    name: "a pipe",
    prepare: async (folder) => {
      const path = folder.join("run.json");
      await new Deno.Command("mkfifo", { args: [path] }).output();
      return path;
    },
    message: '"PATH" is not a file',
  },
  {
    name: "a device",
    prepare: () => "/dev/zero",
    message: '"PATH" is not a file',
  },
  {
    name: "a system file",
    prepare: () => "/proc/self/mem",
    message: 'Cannot read "PATH": ',
  },
];

for (const { name, prepare, message } of UNREADABLE) {
  Deno.test(`upload of ${name} ends with exit 2`, async () => {
    const { code, stdout, stderr, path } = await upload(prepare);

    equal([code, stderr], [2, ""]);
    const [head = "", issue = "", , summary = ""] = stdout.split("\n");
    equal(head, `invalid   ${path}`);
    ok(issue.includes(message.replace("PATH", path)), issue);
    ok(!/deno/i.test(issue), issue);
    match(summary, /^1 invalid in \d+\.\d s \(address: .+\)$/);
  });
}

Deno.test("upload of a file without permission to read ends with exit 2 and calls no run invalid", async () => {
  const { code, stdout, stderr, path } = await upload(async (folder) => {
    const file = await folder.write("run.json", "{}");
    await Deno.chmod(file, 0o000);
    return file;
  }, { mayReadAll: false });

  equal([code, stderr], [2, ""]);
  const [head, summary = ""] = stdout.split("\n");
  const reason = `Cannot read "${path}": permission denied`;
  equal(head, `waiting   ${path} (${reason})`);
  match(summary, /^1 waiting in \d+\.\d s \(address: .+\)$/);
});

/** Files that hold no run document: exit 5, with the place of the fault. */
const DOCUMENTS: readonly (Case & { at: string })[] = [
  text("text", "hello", {
    at: "1:1",
    message: 'This is not JSON: "h"',
  }),
  text("a missing comma", '{\n  "a": 1\n  "b": 2\n}', {
    at: "3:3",
    message: "This is not JSON: ",
  }),
  text("a truncated document", '{\n  "modules": {\n    "a": [1, 2', {
    at: "3:15",
    message: "the file ends in the middle of the document",
  }),
  text(
    "Python's NaN",
    soundRun("current").replace('"info": {}', '"info": {"a": NaN}'),
    { at: "17:19", message: "This is not JSON: NaN" },
  ),
  text("nothing", "", {
    at: "1:1",
    message: "This is not JSON: the file is empty",
  }),
  text("a list", '[{"modules": {}}]', {
    at: "1:1",
    message:
      "This is not a run document: it is a list; each run belongs in a file",
  }),
  text("another object", '{"name": "x"}', {
    at: "1:1",
    message:
      'This is not a run document: it has neither "modules" nor "test_stand"',
  }),
  text("100 kB of brackets", "[".repeat(100_000), {
    at: "1:",
    message: "This is not",
  }),
  {
    name: "a statestore document",
    prepare: () => runFile("minimum.statestore"),
    at: "1:1",
    message: "This is not a run document: it is a statestore document",
  },
  {
    name: "bytes that are no text",
    prepare: (folder) =>
      folder.write("run.json", new Uint8Array([0x7b, 0xff, 0xfe])),
    at: "1:1",
    message: "the file is not a UTF-8 text",
  },
  {
    name: "100 MB of garbage",
    prepare: (folder) =>
      folder.write("run.json", new Uint8Array(100_000_000).fill(0x78)),
    at: "1:1",
    message: 'This is not JSON: "x"',
  },
];

function text(
  name: string,
  content: string,
  { at, message }: { at: string; message: string },
): Case & { at: string } {
  return {
    name,
    prepare: (folder) => folder.write("run.json", content),
    at,
    message,
  };
}

for (const { name, prepare, at, message } of DOCUMENTS) {
  Deno.test(`upload of a file with ${name} ends with exit 5`, async () => {
    const { code, stdout, stderr, path } = await upload(prepare);

    equal([code, stderr], [5, ""]);
    const [head, issue = "", fix = "", summary = ""] = stdout.split("\n");
    equal(head, `invalid   ${path}`);
    ok(issue.startsWith(`  ${path}:${at}`), issue);
    ok(issue.includes(message), issue);
    match(fix, /^ {4}fix: \w/);
    match(summary, /^1 invalid in \d+\.\d s \(address: .+\)$/);
  });
}

Deno.test("upload takes a run document of 100 MB", async () => {
  await using folder = await TemporaryFolder.make();
  const run = JSON.parse(
    await Deno.readTextFile(runFile("minimum.jsonloader")),
  );
  const large = { ...run, artifact: { log: "x".repeat(100_000_000) } };
  const path = await folder.write("run.json", JSON.stringify(large));

  const { code, stdout, stderr } = await runBinary([
    "upload",
    "--dry-run",
    path,
  ], {
    home: folder.join("home"),
  });

  equal([code, stderr], [0, ""]);
  match(
    stdout,
    /^would upload {2}.*\n(?: .*\n)*1 would upload in \d+\.\d s\n$/,
  );
});
