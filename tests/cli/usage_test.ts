import assert from "node:assert/strict";
import { eventsOf, runEmpty } from "./run_in.ts";

const wrong: [typed: string, message: RegExp][] = [
  ["nope", /No command registered for `nope`/],
  ["sc-logn", /^hint: did you mean standcloud sc-login\?$/m],
  ["statsu", /^hint: did you mean standcloud status\?$/m],
  ["runs lst", /did you mean standcloud runs list\?$/m],
  ["history retyr", /did you mean standcloud history retry\?$/m],
  ["runs nope", /^hint: standcloud runs --help lists the commands$/m],
  ["status nope", /^hint: standcloud status --help shows its flags$/m],
  ["upload", /PATH/],
  ["sc-login a b", /[Tt]oo many arguments/],
  ["sc-login --forc", /--forc\b/],
  ["upload --dryrun x.json", /did you mean standcloud upload --dry-run\?$/m],
  ["show a.json --html b.json", /"b\.json" is named like a run document/],
  ["sc-login --port", /port/],
  ["sc-login --port 0", /from 1 to 65535/],
  ["sc-login --port 65536", /from 1 to 65535/],
  ["sc-login --port 8400,", /from 1 to 65535/],
  [
    "sc-login --timeout 0",
    /from 1s to 1d is expected: seconds, or for example/,
  ],
  ["sc-login --timeout 1.5", /"1.5" for --timeout: .* 90s, 5m, 2h, 1d/],
  ["sc-login --timeout 1e3", /from 1s to 1d/],
  ["sc-login --timeout=-1", /from 1s to 1d/],
  ["sc-login --timeout 25h", /from 1s to 1d/],
  ["upload --timeout 0m x", /from 1s to 1d/],
  ["sc-sync --retry-for 2d", /"2d" for --retry-for: .*from 0s to 1d/],
  ["history retry --retry-for 5min", /for example 90s, 5m/],
  ["history --since soon", /"soon" for --since: .* 2026-11-24, .*today.*7d/],
  ["upload --concurrency 65 x.json", /from 1 to 64/],
  ["upload --retry-for x y", /^error: Failed to parse "x" for --retry-for: /],
  ["upload --after burn x", /"burn" for --after: one of keep, move, delete is/],
  ["upload --timeout", /^error: Expected input for flag --timeout$/m],
  ["show --html", /for PATH\|DIGEST; Expected input for flag --html$/m],
  ["sc-logout demo.standcloud.io --all", /either an ADDRESS or --all/],
  ["sc-login", /No StandCloud address/],
  ["sc-logout", /No StandCloud address/],
  ["sc-login http://demo.standcloud.io", /unencrypted/],
  ["sc-login demo.standcloud.io/path", /path/],
];

for (const [typed, message] of wrong) {
  Deno.test(`run() ends "${typed}" with exit code 2 and says why`, async () => {
    const args = typed.split(" ");
    const { exitCode, stdout, stderr } = await runEmpty(args);
    assert.equal(exitCode, 2);
    assert.equal(stdout, "");
    assert.match(stderr, message);
    assert.match(stderr, /^error: /);
    assert.doesNotMatch(stderr, /Error:|at file:|undefined/);
  });
}

Deno.test("run() says an unknown command as JSON when --json was typed", async () => {
  const result = await runEmpty(["sc-logn", "--json"]);
  assert.equal(result.exitCode, 2);
  assert.deepEqual(
    eventsOf(result.stdout).map(({ event, code }) => [
      event,
      code,
    ]),
    [["error", "usage"]],
  );
});

Deno.test("run() repeats nothing that steers the terminal", async () => {
  const evil = "\u001b]8;;http://evil\u0007x\u202e\r\n";
  for (const args of [[evil], ["sc-login", `--${evil}`], ["sc-login", evil]]) {
    const { exitCode, stderr } = await runEmpty(args);
    assert.equal(exitCode, 2);
    for (const line of stderr.split("\n")) {
      assert.doesNotMatch(line, /[\p{Cc}\u202e]/u);
    }
  }
});

Deno.test("run() does not repeat the password of an address", async () => {
  const address = "https://me:geheim@demo.standcloud.io:99999";
  const given = await runEmpty(["sc-login", address, "--verbose"]);
  const variables = { "STANDCLOUD_ADDRESS": address };
  const set = await runEmpty(["sc-login", "--verbose"], variables);
  for (const { exitCode, stdout, stderr } of [given, set]) {
    assert.equal(exitCode, 2);
    assert.doesNotMatch(stdout + stderr, /geheim/);
  }
});

Deno.test("run() takes what follows -- for arguments", async () => {
  const { exitCode, stderr } = await runEmpty(["upload", "--", "--json"]);
  assert.equal(exitCode, 2);
  assert.match(stderr, /--json/);
});

for (
  const flags of [
    "--json",
    "--quiet --json --no-input",
    "--config . --json --key-file none",
    "--config=. --verbose --ca-file=status --json",
  ]
) {
  Deno.test(`run() takes "${flags}" before the command as behind it`, async () => {
    const words = flags.split(" ");
    const before = await runEmpty([...words, "sc-login", "no host"]);
    const behind = await runEmpty(["sc-login", ...words, "no host"]);
    assert.equal(before.exitCode, 2);
    assert.equal(eventsOf(before.stdout).length, 1);
    assert.deepEqual(before, behind);
  });
}

Deno.test("run() takes no other flag before the command, and a command is needed", async () => {
  for (const args of [["--force", "status"], ["--json"], ["--config", "."]]) {
    assert.equal((await runEmpty(args)).exitCode, 2);
  }
});
