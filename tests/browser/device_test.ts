import { deepStrictEqual as equal, match } from "node:assert/strict";
import { readLogin } from "../support/login_file.ts";
import { startBinary } from "../support/run_binary.ts";
import type { ProgramResult } from "../support/running_program.ts";
import { setStage, type Stage } from "../support/stage.ts";
import { type Person, sitDown } from "./person.ts";

/** A person opens the complete page of `sc-login --flow device` in Chromium, signs in and decides. */
async function withDevice(
  decision: "Accept" | "Deny",
  test: (end: {
    person: Person;
    result: Promise<ProgramResult>;
    stage: Stage;
  }) => Promise<void>,
): Promise<void> {
  await using stage = await setStage({
    start: startBinary,
    deviceIntervalSeconds: 1,
    deviceAudience: "granted",
  });
  await using person = await sitDown();
  const program = await stage.start(["sc-login", "--flow", "device"]);
  const page = await program.output.find(/\n {2}(https:\S+)\n/);
  const code = await program.output.find(/\n {2}([B-Z]{8})\n/);
  await person.page.goto(`${page}?user_code=${code}`);
  equal((await person.read()).includes(code), false);
  await person.photograph("device-sign-in");
  await person.page.getByRole("button", { name: "Continue" }).click();
  await person.fillIn(stage.sandbox.user);
  await person.page.getByRole("button", { name: decision }).click();
  await test({ person, result: program.result, stage });
}

Deno.test("a person who presses Accept in Chromium on another device logs the stand in", () =>
  withDevice("Accept", async ({ person, result, stage }) => {
    await person.page.getByText("The device is signed in.").waitFor();
    const { code, stdout } = await result;

    equal([code, stdout], [0, "Registration completed\n"]);
    const { flow } = await readLogin(stage.home, stage.sandbox.address);
    equal(flow, "device");
    equal((await stage.run(["sc-login", "--check"])).code, 0);
  }));

Deno.test("a person who presses Deny in Chromium keeps the stand out", () =>
  withDevice("Deny", async ({ person, result, stage }) => {
    await person.page.getByText("denied").waitFor();
    const { code, stdout, stderr } = await result;

    equal([code, stdout], [3, ""]);
    match(
      stderr,
      /\nerror: .* has ended the sign-in \(server_error\): it was denied, /,
    );
    equal((await stage.run(["sc-login", "--check"])).code, 3);
  }));
