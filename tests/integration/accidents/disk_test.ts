import { deepStrictEqual as equal, match } from "node:assert/strict";
import { arrived, writeReports } from "../../support/many_reports.ts";
import { startBinary } from "../../support/run_binary.ts";
import { setLoggedInStage, type Stage } from "../../support/stage.ts";

const REPORTS = 300;

/** A stand with reports, whose compiled program is started through this shell command. */
async function setStageBehind(
  shell: (home: string) => string,
): Promise<Stage & { runs: string; serials: string[] }> {
  const stage = await setLoggedInStage({
    start: (args, options) =>
      startBinary(args, { ...options, shell: shell(options.home) }),
  });
  const runs = stage.folder.join("runs");
  const serials = (await writeReports(runs, REPORTS)).sort();
  return { ...stage, runs, serials };
}

/**
 * The home on a disk of its own with so many KiB left. The program runs on it
 * twice: when it is full, and when somebody has made room.
 */
const onFullDisk = (left: number) => (home: string): string => `
  exec unshare --mount --map-root-user sh -e -c '
    cp -a "${home}" "${home}.before"
    mount -t tmpfs -o size=16m,mode=700 none "${home}"
    cp -a "${home}.before/." "${home}/"
    "$1" history >&2
    dd if=/dev/zero of="${home}/filler" bs=1k count=99999 2>/dev/null || true
    truncate -s -${left}k "${home}/filler"
    "$@" && echo "full: 0" || echo "full: $?"
    rm "${home}/filler"
    "$@"
  ' sh "$@"`;

for (const left of [0, 20, 100, 200]) {
  Deno.test({
    name:
      `upload onto a disk that has ${left} KiB left for the ledger says so, and sends each report once`,
    ignore: Deno.build.os !== "linux",
    async fn() {
      await using stage = await setStageBehind(onFullDisk(left));

      const result = await stage.run(["upload", "--quiet", stage.runs]);

      match(result.stdout, /^full: 2$/m, result.stderr);
      match(
        result.stderr,
        /^error: Cannot use "\S+ledger.db": (?:database or disk is full|disk I\/O error)\nhint: free some space/m,
      );
      equal(result.code, 0, result.stderr);
      equal(arrived(stage.sandbox), stage.serials);
    },
  });
}

/** The home on a disk that takes no more changes once these commands have run. */
const onReadOnlyDisk = (before: string) => (home: string): string => `
  exec unshare --mount --map-root-user sh -e -c '
    ${before}
    mount --bind "${home}" "${home}"
    mount -o remount,bind,ro "${home}"
    exec "$@"
  ' sh "$@"`;

Deno.test({
  name:
    "upload from a read-only home without a ledger sends, and says what it will not know",
  ignore: Deno.build.os !== "linux",
  async fn() {
    await using stage = await setStageBehind(onReadOnlyDisk(""));

    const { code, stderr } = await stage.run(["upload", stage.runs]);

    equal(code, 0, stderr);
    match(stderr, /^warning: the ledger cannot be kept \(/m);
    equal(arrived(stage.sandbox), stage.serials);
  },
});

Deno.test({
  name:
    "upload from a read-only home with a ledger sends nothing, and says why",
  ignore: Deno.build.os !== "linux",
  async fn() {
    await using stage = await setStageBehind(onReadOnlyDisk('"$@"'));

    const { code, stderr } = await stage.run(["upload", stage.runs]);

    equal(code, 2, stderr);
    match(
      stderr,
      /^error: Cannot open the lock "\S+ledger.db.lock": the disk is read-only .*\nhint: /m,
    );
    equal(arrived(stage.sandbox), stage.serials);
  },
});
