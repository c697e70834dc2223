import { deepStrictEqual as equal, match } from "node:assert/strict";
import { named } from "../support/outcomes.ts";
import { runFile } from "../support/runs.ts";
import { setLoggedInStage } from "../support/stage.ts";

Deno.test("upload shows what StandCloud had against a run each time, also when it is not sent again", async () => {
  await using stage = await setLoggedInStage();
  const detail = [{
    loc: ["body", "dut", "part_number"],
    msg: "Field required",
    type: "missing",
  }];
  stage.sandbox.faults.push({
    match: (_, path) => path === "/hardpy/api/v1/test_report",
    action: { kind: "respond", status: 422, body: JSON.stringify({ detail }) },
  });
  const path = stage.folder.join("a.json");
  await Deno.copyFile(runFile("minimum.jsonloader"), path);
  const upload = ["upload", "--json", path];
  const issuesOf = (event: Record<string, unknown> | undefined) =>
    (event?.["issues"] as Record<string, unknown>[])
      .filter(({ rule }) => rule === "refused-by-server")
      .map(({ path, message }) => [path, message]);
  const expected = [["/dut/part_number", "Field required"]];

  const first = named(await stage.run(upload), "report")[0];
  equal(issuesOf(first), expected);
  const posts = () =>
    stage.sandbox.requests.filter(({ path }) => path.endsWith("test_report"))
      .length;
  const before = posts();
  const second = await stage.run(upload);
  equal([second.code, posts()], [5, before]);
  equal(issuesOf(named(second, "report")[0]), expected);
  const dry = await stage.run([...upload, "--dry-run"]);
  equal(issuesOf(named(dry, "report")[0]), expected);
  const history = await stage.run(["history", "--rejected", "--json"]);
  equal(issuesOf(named(history, "history")[0]), expected);
  const { stdout } = await stage.run(["history", "--rejected"]);
  match(stdout, /^ {2}error: Field required \[refused-by-server \/dut\/part/m);
});

Deno.test("a refused run is superseded when its mended file is uploaded from rejected/", async () => {
  await using stage = await setLoggedInStage();
  const path = stage.folder.join("a.json");
  await Deno.copyFile(runFile("minimum.jsonloader"), path);
  stage.sandbox.faults.push({
    match: (_, path) => path === "/hardpy/api/v1/test_report",
    times: 1,
    action: { kind: "respond", status: 422, body: '{"detail":"no"}' },
  });
  equal((await stage.run(["upload", "--after", "move", path])).code, 5);
  const states = async () => {
    const result = await stage.run(["history", "--json"]);
    return named(result, "history").map(({ state }) => state).sort();
  };
  equal(await states(), ["rejected"]);

  const moved = stage.folder.join("rejected/a.json");
  const text = await Deno.readTextFile(moved);
  await Deno.writeTextFile(
    moved,
    text.replace('"serial_number": null', '"serial_number": "SN-9"'),
  );
  equal((await stage.run(["upload", moved])).code, 0);
  equal(await states(), ["superseded", "uploaded"]);
});
