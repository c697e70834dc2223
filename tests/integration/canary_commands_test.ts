import { ok } from "node:assert/strict";
import { inputFiles } from "../../src/system/input_files.ts";
import type { System } from "../../src/system/system.ts";
import type { Answer } from "../support/fake_service.ts";
import { type FakeStage, setFakeStage } from "../support/fake_stage.ts";
import { listing } from "../support/temporary_folder.ts";
import { startBinary } from "../support/run_binary.ts";
import { runFile } from "../support/runs.ts";

const RUN = runFile("minimum.jsonloader");
const WAYS = [[], ["--verbose"], ["--json"], ["--json", "--verbose"], [
  "--quiet",
]];
const CANARY = /CANARY-[a-z]+|AGE-SECRET-KEY-1[0-9A-Z]+/;

/** Commands that need no person, in an order in which they work, and what is typed. */
function commands(folder: (name: string) => string): [string[], string?][] {
  const handed = ["--for", "RECIPIENT", "--output", folder("NEW")];
  return [
    [["key"]],
    [["status", "--online"]],
    [["sc-login", "--check"]],
    [["doctor"]],
    [["runs", "list"]],
    [["runs", "get", "1"]],
    [["runs", "duts"]],
    [["runs", "devices", "--part-number", "PN"]],
    [["runs", "failed", "1"]],
    [["upload", RUN]],
    [["key", "--rotate"]],
    [["sc-login", "--api-key-file", "-", ...handed], "CANARY-key"],
    [["sc-login", "--from", folder("NEW")]],
    [["sc-login", "--from", folder("NEW")]],
    [["sc-login", "--api-key-file", "-"], "CANARY-key"],
    [["sc-login", "--check"]],
    [["sc-logout"]],
    [["sc-login", "--check"]],
  ];
}

/** A service whose every token is a canary, and that says back what it was sent. */
async function setCanaryStage(): Promise<FakeStage> {
  const stage = await setFakeStage({
    "access_token": "CANARY-access",
    "refresh_token": "CANARY-refresh",
    "expires_at": new Date(0).toISOString(),
  });
  const answers: Record<string, Answer> = stage.service.answers;
  answers["token"] = () =>
    Response.json({
      "access_token": "CANARY-access",
      "refresh_token": "CANARY-refresh",
      "token_type": "bearer",
      "expires_in": 30,
    });
  answers["test_run"] = () => Response.json([{ "test_run_id": "1" }]);
  answers["tested_dut"] = answers["test_run"];
  answers["1"] = () => Response.json({ "test_run_id": "1" });
  return stage;
}

/** No file but a sealed one or the key holds a canary. */
async function requireSealed(home: string): Promise<void> {
  for (const line of await listing(home)) {
    const path = `${home}/${line.slice(4)}`;
    if ((await Deno.stat(path)).isDirectory || path.endsWith("/key.txt")) {
      continue;
    }
    const text = new TextDecoder("latin1").decode(await Deno.readFile(path));
    ok(!CANARY.test(text), path);
  }
}

for (const env of [{}, { STANDCLOUD_PASSPHRASE: "CANARY-passphrase" }]) {
  const how = "STANDCLOUD_PASSPHRASE" in env ? "a passphrase" : "a key file";
  Deno.test(`the compiled program tells no secret in any command, with ${how}`, async () => {
    await using stage = await setCanaryStage();
    const { stdout } = await stage.run(["key"]);
    const said: string[] = [];
    const codes = new Set<number>();
    // A passphrase takes more than a second each time.
    for (const way of "STANDCLOUD_PASSPHRASE" in env ? [["--verbose"]] : WAYS) {
      const name = `handed${way.join("")}.age`;
      for (const [args, stdin] of commands((file) => stage.folder.join(file))) {
        const typed = [...args, ...way].map((word) =>
          word.replace("RECIPIENT", stdout.trim()).replace(/NEW$/, name)
        );
        const program = await startBinary(typed, {
          home: stage.home,
          env: { STANDCLOUD_ADDRESS: stage.service.address, ...env },
          ...(stdin !== undefined && { stdin }),
        });
        const { code, ...output } = await program.result;
        codes.add(code);
        said.push(typed.join(" "), output.stdout, output.stderr);
        ok(!CANARY.test(output.stdout + output.stderr), said.slice(-3).join());
        await requireSealed(stage.home);
      }
    }
    ok(codes.has(0) && !codes.has(1), [...codes].join());
  });
}

/** Parts of the outside world that break with an error that holds whatever they were given. */
const broken: [what: string, part: Partial<System>][] = [
  ["the store", {
    privateFiles: {
      read: () => Promise.reject(new Error("broken")),
      write: (_, content) => {
        throw new TypeError(`broken: ${content.length}`);
      },
      reserve: () => Promise.reject(new RangeError("broken")),
      note: () => Promise.reject(new Error("broken")),
      drafts: () => Promise.reject(new Error("broken")),
      remove: () => Promise.reject(new Error("broken")),
      list: () => Promise.reject(new Error("broken")),
    },
  }],
  ["the network", {
    openHttpClient: () => ({
      send: () => Promise.reject(new Error("broken")),
      open: () => Promise.reject(new Error("broken")),
      [Symbol.dispose]: () => {},
    }),
  }],
  ["the input", {
    inputFiles: {
      ...inputFiles,
      find: () => Promise.reject(new Error("broken")),
      read: () => Promise.reject(new Error("broken")),
    },
  }],
];

for (const [what, system] of broken) {
  Deno.test(`run() tells no secret when ${what} breaks in a way that nobody foresaw`, async () => {
    await using stage = await setCanaryStage();
    let crashes = 0;
    for (const [args, stdin] of commands((file) => stage.folder.join(file))) {
      const { code, stdout, stderr } = await stage.run(
        [...args, "--verbose"],
        { system, ...(stdin !== undefined && { stdin }) },
      );
      if (code === 1) crashes++;
      ok(!CANARY.test(stdout + stderr), args.join(" "));
      ok(!/\n\s+at |file:\/\//.test(stderr), stderr);
    }
    ok(crashes > 0 || what === "the input");
  });
}

Deno.test({
  name:
    "the compiled program passes no secret on to the browser, and none stands in its arguments",
  ignore: Deno.build.os !== "linux",
  async fn() {
    await using stage = await setCanaryStage();
    const seen = stage.folder.join("seen");
    const browser = await stage.folder.write(
      "browser",
      [
        "#!/bin/sh",
        `exec > ${seen}`,
        "cat /proc/$$/environ /proc/$PPID/cmdline | tr '\\0' '\\n'",
        'echo "$@"',
        "echo done",
        "",
      ].join("\n"),
    );
    await Deno.chmod(browser, 0o755);
    // The program starts launchers in the system's folders only: in a mount
    // namespace of its own it finds ours there.
    const place = [
      "mount -t tmpfs none /usr/local/bin",
      `cp "${browser}" /usr/local/bin/xdg-open`,
      'exec "$@"',
    ].join(" && ");
    const program = await startBinary(
      ["sc-login", "--force", "--timeout", "3"],
      {
        home: stage.home,
        env: {
          STANDCLOUD_ADDRESS: stage.service.address,
          STANDCLOUD_API_KEY: "CANARY-apikey",
          HARDPY_SC_API_KEY: "CANARY-hardpykey",
          STANDCLOUD_PASSPHRASE: "CANARY-passphrase",
          DISPLAY: ":99",
          PATH: `/usr/local/bin:${Deno.env.get("PATH")}`,
        },
        shell:
          `exec unshare --map-root-user --mount /bin/sh -c '${place}' sh "$@"`,
      },
    );
    const { code } = await program.result;
    const pushed = stage.service.forms("pushed-authorization-request").at(-1);
    const text = await Deno.readTextFile(seen).catch(() => "");
    ok(code === 3 && pushed !== undefined);
    ok(text.includes("DISPLAY=:99") && text.endsWith("done\n"), text);
    ok(!CANARY.test(text), text);
    ok(!text.includes(pushed.get("state") ?? "?"));
    ok(!text.includes(pushed.get("code_challenge") ?? "?"));
  },
});
