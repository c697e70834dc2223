import assert from "node:assert/strict";
import { prepareLogin } from "../../scripts/bench/login.ts";
import { compiledBinary } from "../../scripts/compile/compiled_binary.ts";
import { SHELLS } from "../../src/cli/shells.ts";
import { runBinary } from "../support/run_binary.ts";
import { startCommandOnTerminal } from "../support/run_on_terminal.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";
import { filledLedger, reportKey, WAITING } from "../upload/ledger/ledgers.ts";

interface ShellSetup {
  readonly start: string;
  readonly startFile: string;
  /** As docs/scripting.md says it, and a prompt to wait for. */
  readonly lines: readonly string[];
}

const PROMPT = "READY> ";

const SETUPS: Record<string, ShellSetup> = {
  bash: {
    start: "bash --noprofile --rcfile .bashrc -i",
    startFile: ".bashrc",
    lines: ["source <(standcloud completions bash)", `PS1='${PROMPT}'`],
  },
  zsh: {
    start: "zsh -i",
    startFile: ".zshrc",
    lines: [
      "autoload -Uz compinit && compinit -D",
      "source <(standcloud completions zsh)",
      `PS1='${PROMPT}'`,
    ],
  },
  fish: {
    start: "fish -i",
    startFile: ".config/fish/config.fish",
    lines: [
      "standcloud completions fish | source",
      `function fish_prompt; echo -n '${PROMPT}'; end`,
    ],
  },
};

const { digest: DIGEST } = reportKey(0);

/** A folder to type in: the program on PATH, a login, a ledger, and runs in a folder with spaces. */
async function desk(setup: ShellSetup): Promise<TemporaryFolder> {
  const folder = await TemporaryFolder.make();
  await Deno.mkdir(folder.join("bin"));
  await Deno.symlink(await compiledBinary(), folder.join("bin/standcloud"));
  await Deno.mkdir(folder.join("runs of today"));
  await Deno.writeTextFile(folder.join("runs of today/CSB-000117.json"), "{}");
  await Deno.mkdir(folder.join("home"), { mode: 0o700 });
  await prepareLogin(folder.join("home"), "demo.standcloud.io:8443");
  await filledLedger(folder.join("home"), 1, [WAITING]);
  await Deno.mkdir(folder.join(".config/fish"), { recursive: true });
  // Where this is missing, fish makes it in the background, and outlives itself.
  const made = ".local/share/fish/generated_completions";
  await Deno.mkdir(folder.join(made), { recursive: true });
  await Deno.writeTextFile(
    folder.join(setup.startFile),
    `${setup.lines.join("\n")}\n`,
  );
  return folder;
}

const TO_START = "\x01";
const TO_END = "\x05";

/** What the line has become when `keys` were typed in a real, interactive shell. */
async function lineAfter(setup: ShellSetup, keys: string): Promise<string> {
  await using folder = await desk(setup);
  const shell = startCommandOnTerminal(setup.start, {
    cwd: folder.path,
    env: {
      PATH: `${folder.join("bin")}:/usr/bin:/bin`,
      HOME: folder.path,
      LANG: "C.UTF-8",
      TERM: "xterm",
      STANDCLOUD_HOME: folder.join("home"),
    },
  });
  await shell.output.find(/(READY> )/);
  await shell.type(`${keys}${TO_START}echo RESULT: ${TO_END}:END\n`);
  const line = await shell.output.find(/^RESULT: (.*?) ?:END$/m);
  await shell.type("exit\n");
  await shell.result;
  return line.replace(folder.path, "~");
}

for (const [shell, setup] of Object.entries(SETUPS)) {
  const cases = {
    "standcloud sc-logi\t--fl\tbr\t": "standcloud sc-login --flow browser",
    "standcloud sc-logout dem\t":
      "standcloud sc-logout demo.standcloud.io:8443",
    "standcloud sc-logout demo.standcloud.io:8\t":
      "standcloud sc-logout demo.standcloud.io:8443",
    "standcloud validate --explain missing-m\t":
      "standcloud validate --explain missing-mandatory-field",
    "standcloud history retry 00\t": `standcloud history retry ${DIGEST}`,
    "standcloud upload run\tCSB\t":
      "standcloud upload runs of today/CSB-000117.json",
    "standcloud upload ~/run\tCSB\t":
      "standcloud upload ~/runs of today/CSB-000117.json",
    "standcloud upload $HOME/run\tCSB\t":
      "standcloud upload ~/runs of today/CSB-000117.json",
    "standcloud upload --export run\tCSB\t":
      "standcloud upload --export runs of today/CSB-000117.json",
    "standcloud history import run\tCSB\t":
      "standcloud history import runs of today/CSB-000117.json",
    "standcloud validate --config=run\tCSB\t":
      "standcloud validate --config=runs of today/CSB-000117.json",
    "standcloud sc-logout --ca-file \"my ca.pem\" 'de'mo.st\t":
      "standcloud sc-logout --ca-file my ca.pem demo.standcloud.io:8443",
    "standcloud sc-logout demo.standcloud.io:\t":
      "standcloud sc-logout demo.standcloud.io:8443",
    "standcloud sc-logout 'demo.stan'\t":
      "standcloud sc-logout demo.standcloud.io:8443",
    'standcloud upload "runs of\tCSB\t':
      "standcloud upload runs of today/CSB-000117.json",
    'standcloud sc-logout "demo.standcloud.io:8\t':
      "standcloud sc-logout demo.standcloud.io:8443",
    "standcloud upload --after 'mo\t": "standcloud upload --after move",
  };
  for (const [keys, line] of Object.entries(cases)) {
    Deno.test(`Tab in ${shell} makes "${line}" of "${keys.replaceAll("\t", "⇥")}"`, async () => {
      assert.equal(await lineAfter(setup, keys), line);
    });
  }
}

Deno.test("Tab in zsh completes where .zshrc has no compinit", async () => {
  const lines = SETUPS["zsh"]?.lines.slice(1) ?? [];
  const setup = { start: "zsh -i", startFile: ".zshrc", lines };
  assert.equal(
    await lineAfter(setup, "standcloud sc-logi\t--fl\tbr\t"),
    "standcloud sc-login --flow browser",
  );
});

for (const shell of SHELLS) {
  Deno.test(`completions prints a script for ${shell}, with --json as an event`, async () => {
    const text = await runBinary(["completions", shell], { home: "" });
    assert.equal(text.code, 0);
    assert.match(text.stdout, /__complete/);
    const json = await runBinary(["completions", shell, "--json"], {
      home: "",
    });
    assert.deepEqual(JSON.parse(json.stdout), {
      event: "completions",
      shell,
      script: text.stdout,
    });
  });
}

Deno.test("completions refuses a shell that it does not know", async () => {
  const { code, stderr } = await runBinary(["completions", "tcsh"], {
    home: "",
  });
  assert.equal(code, 2);
  assert.match(stderr, /one of bash, zsh, fish, powershell is expected/);
});
