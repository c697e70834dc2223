import { deepStrictEqual as equal, match } from "node:assert/strict";
import { dirname } from "node:path";
import { asNobody } from "../support/nobody.ts";
import { runBinary } from "../support/run_binary.ts";
import { eventsOf } from "../support/running_program.ts";
import { runProgram } from "../support/run_program.ts";
import { runFile } from "../support/runs.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";

const RUN = runFile("minimum.jsonloader");

/** A folder with a run, and folders below it that only their owner may read. */
async function withClosedFolders(
  test: (folder: TemporaryFolder, closed: string) => Promise<void>,
): Promise<void> {
  await using folder = await TemporaryFolder.make();
  const closed = folder.join("runs", "below", "closed");
  await Deno.mkdir(closed, { recursive: true });
  await Deno.copyFile(RUN, folder.join("runs", "a.json"));
  await Deno.copyFile(RUN, folder.join("runs", "below", "b.json"));
  await Deno.chmod(closed, 0o000);
  try {
    await test(folder, closed);
  } finally {
    await Deno.chmod(closed, 0o700);
  }
}

Deno.test("upload names a folder that it may not read, goes on with the others and ends with exit 2", () =>
  withClosedFolders(async (folder, closed) => {
    const result = await runBinary(
      [
        "upload",
        "--dry-run",
        "--concurrency",
        "1",
        "--json",
        folder.join("runs"),
      ],
      { home: folder.join("home"), starter: await asNobody(folder) },
    );

    equal([result.code, result.stderr], [2, ""]);
    const [a, b, unreadable = {}] = eventsOf(result);
    equal([a?.["outcome"], b?.["outcome"]], [
      "would_upload",
      "already_uploaded",
    ]);
    const { source, outcome, reason } = unreadable;
    equal([source, outcome, reason], [
      closed,
      "waiting",
      `Cannot read "${closed}": permission denied`,
    ]);
  }));

Deno.test("validate names a folder that it may not read, goes on with the others and ends with exit 2", () =>
  withClosedFolders(async (folder, closed) => {
    const result = await runBinary(
      ["validate", "--json", folder.join("runs")],
      { home: folder.join("home"), starter: await asNobody(folder) },
    );

    equal([result.code, result.stderr], [2, ""]);
    const [a, b, fault = {}] = eventsOf(result);
    equal([a?.["outcome"], b?.["outcome"]], ["valid", "valid"]);
    const { event, code, message } = fault;
    equal([event, code, message], [
      "error",
      "input_unreadable",
      `Cannot read "${closed}": permission denied`,
    ]);
  }));

Deno.test("upload of nothing but a folder that it may not read ends with exit 2 and names it", () =>
  withClosedFolders(async (folder, closed) => {
    const { code, stderr } = await runBinary(["upload", "--dry-run", closed], {
      home: folder.join("home"),
      starter: await asNobody(folder),
    });

    equal([code, stderr.split("\n")[0]], [
      2,
      `error: Cannot read "${closed}": permission denied`,
    ]);
  }));

Deno.test("upload takes NAME.error.json for an answer only directly below rejected/", async () => {
  await using folder = await TemporaryFolder.make();
  const places = ["", "rejected/below/", "rejected/"];
  await Deno.mkdir(folder.join("runs/rejected/below"), { recursive: true });
  for (const place of places) {
    await Deno.copyFile(RUN, folder.join(`runs/${place}motor.error.json`));
  }
  const found = async (path: string) => {
    const result = await runProgram(
      ["upload", "--dry-run", "--json", folder.join(path)],
      { home: folder.join("home") },
    );
    return eventsOf(result).filter(({ event }) => event === "report")
      .map(({ source }) => source);
  };
  const answer = folder.join("runs/rejected/motor.error.json");
  const run = folder.join("runs/motor.error.json");
  const below = folder.join("runs/rejected/below/motor.error.json");
  equal(await found("runs"), [run, below]);
  equal(await found("runs/rejected"), [below]);
  equal(await found("runs/rejected/motor.error.json"), [answer]);
});

Deno.test("upload says how many links it did not follow, but neither quiet nor as JSON", async () => {
  await using folder = await TemporaryFolder.make();
  const runs = folder.join("runs");
  await Deno.mkdir(folder.join("runs", "below"), { recursive: true });
  await Deno.copyFile(RUN, folder.join("runs", "a.json"));
  await Deno.symlink(RUN, folder.join("runs", "link.json"));
  const stderr = async (...flags: string[]) => {
    const args = ["upload", "--dry-run", runs, ...flags];
    const result = await runProgram(args, { home: folder.join("home") });
    equal(result.code, 0);
    match(result.stdout, /would.upload/);
    return result.stderr;
  };

  equal(await stderr(), `note: in "${runs}" 1 link was not followed\n`);
  await Deno.symlink(folder.path, folder.join("runs", "below", "up"));
  equal(await stderr(), `note: in "${runs}" 2 links were not followed\n`);
  equal(await stderr("--json"), "");
  equal(
    (await runProgram(["upload", "--dry-run", "--quiet", runs], {
      home: folder.join("home"),
    })).stderr,
    "",
  );
});

Deno.test("upload goes on after a document that it cannot read", async () => {
  await using folder = await TemporaryFolder.make();
  await folder.write("1.json", "damaged");
  await Deno.copyFile(RUN, folder.join("2.json"));
  const { code, stdout } = await runBinary(
    ["upload", "--dry-run", folder.path],
    { home: folder.join("home") },
  );

  equal(code, 5);
  match(
    stdout,
    /\n1 invalid, 1 would upload in|\n1 would upload, 1 invalid in/,
  );
});

Deno.test("validate of a folder passes over the answers in rejected/ and HardPy's statestore, like upload", async () => {
  await using folder = await TemporaryFolder.make();
  const files = [
    "run.error.json",
    "rejected/run.json",
    "rejected/run.error.json",
    "storage/statestore/state.json",
    "statestore/run.json",
  ];
  for (const name of files) {
    const path = folder.join("runs", ...name.split("/"));
    await Deno.mkdir(dirname(path), { recursive: true });
    await Deno.copyFile(RUN, path);
  }

  for (const command of [["validate"], ["upload", "--dry-run"]]) {
    const result = await runProgram(
      [...command, "--json", folder.join("runs")],
      { home: folder.join("home") },
    );

    equal(
      eventsOf(result).filter(({ event }) => event === "report")
        .map(({ source }) => source),
      [
        "rejected/run.json",
        "run.error.json",
        "statestore/run.json",
      ].map((name) => folder.join("runs", ...name.split("/"))),
    );
  }
});
