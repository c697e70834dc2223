import { deepStrictEqual as equal, match } from "node:assert/strict";
import {
  newIdentity,
  newKeyFile,
  recipientOf,
} from "../../src/tokens/age_box.ts";
import { setCourierStage, writeRuns } from "../support/courier.ts";
import { readLogin } from "../support/login_file.ts";
import { named } from "../support/outcomes.ts";
import { compact, runFile } from "../support/runs.ts";
import { setStage, type Stage } from "../support/stage.ts";

type Bytes = Uint8Array<ArrayBuffer>;

const crlf = (text: string) => `\ufeff${text.replaceAll("\n", "\r\n")}`;

/** As Windows' Notepad saves a text. */
function asNotepad(text: string): Bytes {
  return new TextEncoder().encode(crlf(text));
}

/** As `>` of Windows PowerShell 5 writes it. */
function asPowerShell(text: string): Bytes {
  const units = crlf(text).split("").map((unit) => unit.charCodeAt(0));
  return new Uint8Array(new Uint16Array(units).buffer);
}

const WRITERS = { Notepad: asNotepad, PowerShell: asPowerShell };

interface Setting {
  /** What is in the file. */
  text(stage: Stage): string | Promise<string>;
  /** Shows that the file at the path was understood. */
  check(stage: Stage, path: string, text: string): Promise<void>;
}

async function requireCheck(
  stage: Stage,
  env: Record<string, string> = {},
  ...flags: string[]
): Promise<void> {
  const { code, stderr } = await stage.run(
    ["sc-login", "--check", ...flags],
    { env },
  );
  equal([code, stderr], [0, ""]);
}

/** What the file says itself about its first identity. */
function recipientIn(text: string): string {
  return `${/^# public key: (.*)$/m.exec(text)?.[1]}\n`;
}

const API_KEY = { STANDCLOUD_API_KEY: "the-key" };

const SETTINGS: Record<string, Setting> = {
  "hardpy.toml": {
    text: ({ sandbox: { address } }) =>
      `# Prüfstand\n[stand_cloud]\naddress = "${address}"\napi_key = "the-key"\n`,
    check: (stage, path) =>
      requireCheck(stage, { STANDCLOUD_ADDRESS: "" }, "--config", path),
  },
  "an API key": {
    text: () => "the-key\n",
    async check(stage, path) {
      const args = ["sc-login", "--api-key-file", path];
      const { code, stderr } = await stage.run(args);
      if (Deno.build.os !== "windows") {
        match(stderr, /^warning: other users of this machine may read/m);
      }
      const login = await readLogin(stage.home, stage.sandbox.address);
      equal([code, login["api_key"]], [0, "the-key"]);
    },
  },
  "a passphrase": {
    text: () => "Prüf horse\nmore\n",
    async check(stage, path) {
      const env = { ...API_KEY, STANDCLOUD_PASSPHRASE_FILE: path };
      const args = ["sc-login", "--api-key-file", "-"];
      equal((await stage.run(args, { stdin: "the-key", env })).code, 0);
      await requireCheck(stage, { STANDCLOUD_PASSPHRASE: "Prüf horse" });
    },
  },
  "a key file": {
    text: () => newKeyFile(new Date()),
    async check(stage, path, text) {
      const { stdout } = await stage.run(["key", "--key-file", path]);
      equal(stdout, recipientIn(text));
    },
  },
  "the stand's own key": {
    text: () => newKeyFile(new Date()),
    async check({ run, home }, path, text) {
      await Deno.copyFile(path, `${home}/key.txt`);
      await Deno.chmod(`${home}/key.txt`, 0o600);
      equal((await run(["key"])).stdout, recipientIn(text));
    },
  },
  "certificate authorities": {
    text: ({ sandbox }) => sandbox.caPem,
    check: (stage, path) =>
      requireCheck(stage, { ...API_KEY, STANDCLOUD_CA_FILE: path }),
  },
};

for (const [writer, write] of Object.entries(WRITERS)) {
  for (const [what, { text: textFor, check }] of Object.entries(SETTINGS)) {
    Deno.test(`${what} that ${writer} has written is understood`, async () => {
      await using stage = await setStage({ apiKeys: ["the-key"] });
      const text = await textFor(stage);
      const path = await stage.folder.write("setting", write(text));
      // An API key in a file is told of when others may read it.
      if (what === "hardpy.toml") await Deno.chmod(path, 0o600);
      await check(stage, path, text);
    });
  }
}

Deno.test("sc-login --api-key-file - takes a key with a byte order mark and CRLF", async () => {
  await using stage = await setStage({ apiKeys: ["the-key"] });
  const args = ["sc-login", "--api-key-file", "-"];
  equal((await stage.run(args, { stdin: crlf("the-key\n") })).code, 0);
});

/** HardPy sends no top-level key without a value, and the part number for a missing name. */
function asSent(run: string): string {
  const keys = ["user", "batch_serial_number", "caused_dut_failure_id"];
  const nulls = [...keys, "error_code"].map((key) => `"${key}":null,`);
  return nulls.reduce((text, one) => text.replace(one, ""), run)
    .replace('"dut":{"name":null', '"dut":{"name":"CSB-204"');
}

Deno.test("upload sends the same for documents, one or one per line, that Notepad has saved", async () => {
  await using stage = await setStage({ apiKeys: ["the-key"] });
  const runs = await Promise.all(
    ["minimum.jsonloader", "sensor_board_failed.jsonloader"].map((name) =>
      Deno.readTextFile(runFile(name))
    ),
  );
  const lines = runs.map((run) => `${compact(run)}\n`).join("\n");
  const files = [
    ...await Promise.all(
      runs.map((run, at) => stage.folder.write(`${at}.json`, asNotepad(run))),
    ),
    await stage.folder.write("runs.jsonl", asNotepad(lines)),
  ];

  for (const file of files) {
    const args = ["upload", "--force", "--concurrency", "1", file];
    equal((await stage.run(args, { env: API_KEY })).code, 0);
  }

  const sent = runs.map((run) => asSent(compact(run)));
  equal(
    stage.sandbox.reports.map(({ text }) => compact(text)).sort(),
    [...sent, ...sent].sort(),
  );
});

Deno.test("history import takes receipts that Notepad has saved", async () => {
  await using stage = await setCourierStage();
  const { pc, path, stand } = stage;
  await writeRuns(path("runs"), 2);
  await stand("upload", "--export", path("b.zip"), path("runs"));
  await pc.run(["upload", path("b.zip")]);
  const receipts = path("b.receipts.jsonl");
  const text = await Deno.readTextFile(receipts);
  await Deno.writeFile(receipts, asNotepad(text));

  const imported = await stand("history", "import", "--json", receipts);

  equal(
    named(imported, "imported").map(({ change }) => change),
    ["uploaded", "uploaded"],
  );
  // The PC goes on with them, too.
  equal((await pc.run(["upload", path("b.zip")])).code, 0);
  equal(await Deno.readTextFile(receipts), text);
});

Deno.test("sc-login refuses a passphrase that is no text, since others would read the same", async () => {
  await using stage = await setStage({ apiKeys: ["the-key"] });
  const latin1 = new Uint8Array([0x70, 0xe4, 0x0d, 0x0a]);
  const path = await stage.folder.write("passphrase", latin1);
  const { code, stderr } = await stage.run(
    ["sc-login", "--api-key-file", "-"],
    { stdin: "the-key", env: { STANDCLOUD_PASSPHRASE_FILE: path } },
  );
  equal(code, 2);
  match(stderr, /passphrase": it is not a UTF-8 text\n/);
});

Deno.test("sc-login --from says when a pipe of Windows PowerShell has changed the login", async () => {
  await using stage = await setStage({ apiKeys: ["the-key"] });
  const file = stage.folder.join("login.age");
  const recipient = await recipientOf([await newIdentity()]);
  await stage.run(
    [
      ...["sc-login", "--api-key-file", "-"],
      ...["--for", recipient, "--output", file],
    ],
    { stdin: "the-key" },
  );
  const lines = (await Deno.readTextFile(file)).replaceAll("\n", "\r\n");
  await Deno.writeTextFile(file, lines);
  const { code, stderr } = await stage.run(["sc-login", "--from", file]);
  equal(code, 3);
  match(stderr, /the ends of its lines were changed on the way/);
});
