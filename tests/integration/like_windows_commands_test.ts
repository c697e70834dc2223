import {
  deepStrictEqual as equal,
  match,
  ok,
  rejects,
} from "node:assert/strict";
import { named, outcomesOf } from "../support/outcomes.ts";
import type { ProgramResult } from "../support/running_program.ts";
import { runFile } from "../support/runs.ts";
import { setStage, type Stage } from "../support/stage.ts";
import { listing } from "../support/temporary_folder.ts";
import { ledgerWithDamagedRows } from "../upload/ledger/ledgers.ts";
import { MODES, startLikeWindows } from "../support/windows/start.ts";

/** A stand that keeps its files where Windows keeps those of programs. */
interface Desk extends AsyncDisposable {
  readonly stage: Stage;
  path(...names: string[]): string;
  /** Runs a command that must end with 0, or with `code`. */
  run(args: string[], options?: RunOptions): Promise<ProgramResult>;
  /** Paths of all files and folders below a folder. */
  files(folder: string): Promise<string[]>;
}

interface RunOptions {
  readonly code?: number;
  readonly env?: Record<string, string>;
}

async function setDesk(mode: typeof MODES[number]): Promise<Desk> {
  const start = startLikeWindows(mode);
  const stage = await setStage({ start, apiKeys: ["the-key"] });
  const path = (...names: string[]) => stage.folder.join(...names);
  await Deno.mkdir(path("runs"));
  await Deno.copyFile(runFile("minimum.jsonloader"), path("runs", "run.json"));
  const folders = { APPDATA: path("Roaming"), LOCALAPPDATA: path("Local") };
  return {
    stage,
    path,
    async run(args, { code = 0, env } = {}) {
      const options = { home: "", env: { ...folders, ...env } };
      const result = await stage.run(args, { ...options, stdin: "the-key" });
      equal([args, result.code], [args, code], result.stderr || result.stdout);
      return result;
    },
    files: async (folder) =>
      (await listing(path(folder))).map((line) => line.replace(/^\d+ /, "")),
    [Symbol.asyncDispose]: () => stage[Symbol.asyncDispose](),
  };
}

async function asides(desk: Desk): Promise<string[]> {
  return (await desk.files("Local"))
    .filter((name) => name.includes(".damaged-"));
}

const LOG_IN = ["sc-login", "--api-key-file", "-"];

/** What is to work, in the order in which a stand could do it. */
const STEPS: Record<string, (desk: Desk) => Promise<void>> = {
  async "doctor makes nothing on a new stand"(desk) {
    const { stdout } = await desk.run(["doctor"], { code: 3 });
    match(stdout, /Roaming\/standcloud" is not there yet/);
    await rejects(Deno.lstat(desk.path("Roaming")));
  },
  async "a login and a ledger lie in the folders of the account"(desk) {
    await desk.run(LOG_IN);
    await desk.run(["upload", desk.path("runs")]);
    const login = desk.stage.sandbox.address.replace(":", "_");
    equal(await desk.files("Roaming"), [
      "standcloud",
      "standcloud/key.txt",
      "standcloud/key.txt.lock",
      "standcloud/logins",
      `standcloud/logins/${login}.age`,
      `standcloud/logins/${login}.lock`,
      `standcloud/logins/${login}.outline`,
    ]);
    equal(await desk.files("Local"), [
      "standcloud",
      "standcloud/claims",
      "standcloud/ledger.db",
      "standcloud/ledger.db.lock",
      "standcloud/ledger.db.mark",
    ]);
  },
  async "doctor finds nothing wrong, and says what it cannot know"(desk) {
    const { stdout } = await desk.run(["doctor"]);
    match(stdout, /Roaming\/standcloud" is for its permissions to say/);
    ok(!stdout.includes("only you"));
  },
  async "a pattern means the files that fit it"(desk) {
    const pattern = desk.path("runs", "*.json");
    const result = await desk.run(["upload", "--json", pattern]);
    equal(outcomesOf(result).reports, [["already_uploaded", 201]]);
  },
  async "the key is changed"(desk) {
    await desk.run(["key", "--rotate"]);
    await desk.run(["sc-login", "--check"]);
  },
  async "a login is handed to another stand"(desk) {
    const other = { env: { APPDATA: desk.path("other") } };
    const { stdout } = await desk.run(["key"], other);
    const file = desk.path("login.age");
    const target = ["--for", stdout.trim(), "--output", file];
    await desk.run([...LOG_IN, ...target]);
    await desk.run([...LOG_IN, ...target], { code: 2 });
    await desk.run(["sc-login", "--from", file], other);
    await desk.run(["sc-login", "--check"], other);
  },
  async "a report becomes a page, which is replaced"(desk) {
    const page = desk.path("page.html");
    for (let time = 0; time < 2; time++) {
      await desk.run([
        ...["show", desk.path("runs", "run.json")],
        ...["--html", page],
      ]);
    }
    match(await Deno.readTextFile(page), /^<!doctype html>/i);
  },
  async "files are moved when they are uploaded, or refused"(desk) {
    const move = ["upload", "--force", "--after", "move", desk.path("runs")];
    await desk.run(move);
    const refused = runFile("sensor_board_failed.jsonloader");
    await Deno.copyFile(refused, desk.path("runs", "refused.json"));
    desk.stage.sandbox.faults.push({
      match: (_, path) => path.endsWith("/test_report"),
      action: { kind: "respond", status: 422 },
    });
    await desk.run(move, { code: 5 });
    equal(await desk.files("runs"), [
      "rejected",
      "rejected/refused.error.json",
      "rejected/refused.json",
      "uploaded",
      "uploaded/run.json",
    ]);
  },
  async "a ledger that is none is set aside"(desk) {
    const ledger = desk.path("Local", "standcloud", "ledger.db");
    await Deno.writeTextFile(ledger, "no ledger ".repeat(1000));
    const { stderr } = await desk.run(["history"]);
    match(stderr, /^warning: the ledger was damaged/);
    equal((await asides(desk)).length, 1);
  },
  async "a ledger whose damage shows on the way is set aside"(desk) {
    const folder = desk.path("Local", "standcloud");
    await Deno.remove(folder, { recursive: true });
    await ledgerWithDamagedRows(folder);
    const { stderr } = await desk.run(["history"], { code: 2 });
    match(stderr, /^warning: the ledger was damaged/m);
    equal((await asides(desk)).length, 1);
  },
  async "the login is ended and deleted"(desk) {
    await desk.run(["sc-logout", "--all"]);
    const { stdout } = await desk.run(["status", "--json"]);
    equal(named({ stdout }, "status"), []);
    const names = await desk.files("Roaming");
    equal(names.filter((name) => name.endsWith(".age")), []);
  },
};

for (const mode of MODES) {
  Deno.test(`on a system like Windows (modes: ${mode})`, async (t) => {
    await using desk = await setDesk(mode);
    for (const [what, step] of Object.entries(STEPS)) {
      await t.step(what, () => step(desk));
    }
  });
}
