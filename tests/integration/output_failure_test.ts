import { deepStrictEqual as equal, ok } from "node:assert/strict";
import { AppError } from "../../src/system/app_error.ts";
import { setFakeStage } from "../support/fake_stage.ts";
import { runBinary } from "../support/run_binary.ts";
import { runFile } from "../support/runs.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";
import { fakeTerminal } from "../system/fake_terminal.ts";

const RUN = runFile("minimum.jsonloader");

const COMMANDS = [
  ["--version"],
  ["--help"],
  ["upload", "--help"],
  ["validate", "--list-rules", "--json"],
  ["nope", "--json"],
  ["upload", "--dry-run", RUN],
  ["upload", "--dry-run", "--json", RUN],
  ["validate", RUN],
  ["show", RUN],
  ["show", "--html", "-", RUN],
];

for (const args of COMMANDS) {
  const name = args.map((arg) => arg === RUN ? "RUN" : arg).join(" ");
  Deno.test({
    name: `${name} ends with exit 2 and one line on stderr when stdout is full`,
    ignore: Deno.build.os !== "linux",
    async fn() {
      await using folder = await TemporaryFolder.make();
      const { code, stderr } = await runBinary(args, {
        home: folder.join("home"),
        shell: 'exec "$@" >/dev/full',
      });

      equal([code, stderr], [
        2,
        "error: Cannot write to stdout: no space is left on the disk (ENOSPC)\n",
      ]);
    },
  });
}

Deno.test({
  name: "an error ends with its exit code also when stderr is full",
  ignore: Deno.build.os !== "linux",
  async fn() {
    await using folder = await TemporaryFolder.make();
    for (const args of [["show", "none.json"], ["nope"]]) {
      const { code, stdout } = await runBinary(args, {
        home: folder.join("home"),
        shell: 'exec "$@" 2>/dev/full',
      });
      equal([code, stdout], [2, ""]);
    }
  },
});

/** Runs that differ in their serial numbers. */
async function writeRuns(folder: string, count: number): Promise<void> {
  const run = JSON.parse(await Deno.readTextFile(RUN));
  await Deno.mkdir(folder);
  for (let number = 1; number <= count; number++) {
    run["dut"]["serial_number"] = `SN-${number}`;
    await Deno.writeTextFile(`${folder}/${number}.json`, JSON.stringify(run));
  }
}

for (const json of [[], ["--json"]]) {
  Deno.test(`upload ${json.join("")} sends no more when stdout fails, and lets end what is under way`, async () => {
    await using stage = await setFakeStage();
    const runs = stage.folder.join("runs");
    await writeRuns(runs, 60);
    const { promise: failed, resolve: fail } = Promise.withResolvers<void>();
    let stderr = "";
    let [begun, ended] = [0, 0];
    stage.service.answers["test_report"] = async () => {
      // The first is answered when two are under way, the second after the failure.
      if (++begun === 2) await failed;
      while (begun < 2) await new Promise((resolve) => setTimeout(resolve, 5));
      ended++;
      return Response.json({ "test_run_id": "fake-run" }, { status: 201 });
    };

    const { code } = await stage.run(
      ["upload", "--concurrency", "2", ...json, runs],
      {
        system: {
          terminal: {
            ...fakeTerminal(),
            writeStdout() {
              fail();
              throw new AppError("output_unwritable", "It is full");
            },
            writeStderr: (text) => void (stderr += text),
          },
        },
      },
    );

    equal([code, stderr], [2, "error: It is full\n"]);
    // Until a report is durable and told, others may follow it.
    ok(begun >= 2 && begun < 20, `${begun} of 60`);
    equal(ended, begun);
  });
}

Deno.test({
  name:
    "upload tells each report also to a slow reader whose pipe does not block",
  ignore: Deno.build.os !== "linux",
  async fn() {
    await using folder = await TemporaryFolder.make();
    const runs = folder.join("runs");
    await writeRuns(runs, 400);
    // The pipe between both is full before anybody reads.
    const fill = "dd if=/dev/null oflag=nonblock status=none";
    const { code, stdout, stderr } = await runBinary(
      ["upload", "--dry-run", "--json", runs],
      {
        home: folder.join("home"),
        env: { PATH: "/usr/bin:/bin" },
        shell: `{ ${fill}; "$@"; echo "code $?" >&2; } | { sleep 2; cat; }`,
      },
    );

    equal([code, stderr], [0, "code 0\n"]);
    ok(stdout.length > 65_536, `${stdout.length}`);
    const lines = stdout.split("\n").slice(0, -1).map((one) => JSON.parse(one));
    const sources = lines.flatMap(({ event, source }) =>
      event === "report" ? [source] : []
    );
    equal([lines.length, new Set(sources).size], [401, 400]);
  },
});
