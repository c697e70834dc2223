import { deepStrictEqual as equal, match } from "node:assert/strict";
import { compact, runFile } from "../support/runs.ts";
import { setStage, type Start } from "../support/stage.ts";
import * as json from "./main_job_json.ts";
import * as text from "./main_job_text.ts";

/**
 * Registers the tests of the main job for one way to start the program.
 *
 * @param options.hasModes false where the system has no modes of files.
 */
export function testMainJob(
  program: string,
  start: Start,
  { hasModes = true }: { hasModes?: boolean } = {},
): void {
  Deno.test(`${program} does the main job and tells a person each step`, async (t) => {
    await using stage = await setStage({ start });
    await t.step(
      "sc-login registers the stand",
      () => text.logIn(stage, hasModes),
    );
    await t.step("sc-login --check is a success", () => text.check(stage));
    await t.step("upload sends each document", () => text.upload(stage));
    await t.step(
      "upload refuses a run without a part number",
      () => text.refuse(stage),
    );
    await t.step("sc-logout ends the login", () => text.logOut(stage));
    await t.step("upload then asks for a login", () => text.afterwards(stage));
  });

  Deno.test(`${program} does the main job and prints each step as JSON`, async (t) => {
    await using stage = await setStage({ start });
    await t.step("sc-login --json", () => json.logIn(stage));
    await t.step("sc-login --check --json", () => json.check(stage));
    await t.step("upload --json", () => json.upload(stage));
    await t.step(
      "upload --json of a run without a part number",
      () => json.refuse(stage),
    );
    await t.step("sc-logout --json", () => json.logOut(stage));
    await t.step("upload --json without a login", () => json.afterwards(stage));
  });

  Deno.test(`${program} uploads each stored form of a run as HardPy would send it`, async () => {
    await using stage = await setStage({ start });
    await stage.logIn();

    for (const form of ["jsonloader", "runstore", "tempstore"]) {
      const run = runFile(`sensor_board_failed.${form}`);
      equal((await stage.run(["upload", "--force", run])).code, 0);
    }

    const loaded = runFile("sensor_board_failed.jsonloader");
    const wire = compact(await Deno.readTextFile(loaded));
    const id = '"id":"01a2037d-095a-78c8-97c3-0938c9023ee5"';
    equal(stage.sandbox.reports.map(({ text }) => compact(text)), [
      wire,
      wire.replace(id, '"id":"localhost_8000"'),
      wire.replace(id, '"id":"01a2037d-0967-70df-90e3-2db8d871e812"'),
    ]);
    match(wire, /"chip_id":11529215046068469761,/);
  });
}
