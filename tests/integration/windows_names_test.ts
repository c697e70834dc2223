import { deepStrictEqual as equal } from "node:assert/strict";
import { join } from "node:path";
import type { Archive } from "../../src/system/archive.ts";
import { openFolder } from "../../src/system/folder_archive.ts";
import { openZip } from "../../src/system/zip_file.ts";
import { programName, targetOf } from "../../scripts/release/artifacts.ts";
import { completionFiles } from "../../scripts/release/completion_files.ts";
import { setCourierStage } from "../support/courier.ts";
import { counted, named, outcomesOf } from "../support/outcomes.ts";
import { runFile } from "../support/runs.ts";
import { setLoggedInStage } from "../support/stage.ts";
import { listing } from "../support/temporary_folder.ts";
import { pathObjection, REFUSED_NAMES } from "../support/windows/names.ts";
import { startLikeWindows } from "../support/windows/start.ts";

const start = startLikeWindows("none");

/** A folder of runs that call all that can be called by names which Windows refuses. */
async function writeHostileRuns(folder: string): Promise<void> {
  await Deno.mkdir(folder);
  const text = await Deno.readTextFile(
    runFile("sensor_board_passed.jsonloader"),
  );
  for (const [index, name] of REFUSED_NAMES.entries()) {
    const run = JSON.parse(
      text,
      (key, value) =>
        typeof value === "string" && /name|number|revision|_id|batch/.test(key)
          ? name
          : value,
    );
    await Deno.writeTextFile(
      join(folder, `${index}.json`),
      JSON.stringify({ ...run, name, _id: name }),
    );
  }
}

async function namesIn(archive: Archive): Promise<string[]> {
  await using _archive = archive;
  const entries = await Array.fromAsync(archive.entries());
  return entries.map(({ name }) => name);
}

/** Those of the names, or of paths with `/`, that Windows would not make. */
function refused(names: Iterable<string>): string[] {
  return [...names].flatMap((name) => pathObjection(name) ?? []);
}

Deno.test("pathObjection() objects to each name that is refused, wherever it stands, and to no other", () => {
  for (const name of REFUSED_NAMES.filter((name) => !name.includes("/"))) {
    for (const path of [name, `a/${name}`, `${name}/b`]) {
      equal([path, refused([path]).length], [path, 1]);
    }
  }
  const good = ["a/../b", ".a", "console.json", "com10", "a.con", "COM", "ä ö"];
  equal(refused(good), []);
});

const many = REFUSED_NAMES.length;

for (const bundle of ["stick.zip", "stick"]) {
  Deno.test(`upload --export to ${bundle}, upload and history import make only names that Windows takes, whatever the runs hold`, async () => {
    await using stage = await setCourierStage({ start });
    const { pc, path, stand } = stage;
    await writeHostileRuns(path("runs"));

    const exported = await stand(
      ...["upload", "--json", "--export", path(bundle), path("runs")],
    );
    const archive = bundle.endsWith(".zip")
      ? await openZip(path(bundle))
      : openFolder(path(bundle));
    const names = await namesIn(archive);
    const sent = await pc.run(["upload", "--json", path(bundle)]);
    const imported = await stand(
      ...["history", "import", "--json", path("stick.receipts.jsonl")],
    );

    equal([exported.code, sent.code, imported.code], [0, 0, 0]);
    equal(outcomesOf(sent).counts, counted({ uploaded: many }));
    equal(
      named(sent, "report").map((report) => report["serial_number"]).sort(),
      [...REFUSED_NAMES].sort(),
    );
    equal([names.length, refused(names)], [many + 2, []]);
    equal(refused(await listing(pc.folder.path)), []);
  });
}

Deno.test("upload --after move and show --html make only names that Windows takes, whatever runs and answers hold", async () => {
  await using stage = await setLoggedInStage({ start });
  const runs = stage.folder.join("runs");
  await writeHostileRuns(runs);
  const body = JSON.stringify({
    detail: REFUSED_NAMES.map((name) => ({ loc: [name], msg: name, type: "" })),
  });
  stage.sandbox.faults.push({
    match: (_, path) => path.endsWith("/test_report"),
    times: 3,
    action: { kind: "respond", status: 422, body },
  });

  const page = stage.folder.join("page.html");
  const shown = await stage.run(["show", runs, "--html", page]);
  const sent = await stage.run(["upload", "--json", "--after", "move", runs]);

  equal([shown.code, sent.code, sent.stderr], [0, 5, ""]);
  const files = await listing(runs);
  const inFolder = (name: string) =>
    files.filter((line) => line.includes(`${name}/`)).length;
  equal([inFolder("rejected"), inFolder("uploaded")], [6, many - 3]);
  equal(refused(await listing(stage.folder.path)), []);
});

Deno.test("a release has only names that Windows takes", () => {
  const systems = [
    ...["linux-x64", "linux-arm64", "windows-x64"],
    ...["macos-x64", "macos-arm64"],
  ];
  const programs = systems.map((system) =>
    programName("1.2.3-rc.1", targetOf(system))
  );
  equal(refused([...programs, ...completionFiles().keys()]), []);
});
