import { deepStrictEqual as equal, match, ok } from "node:assert/strict";
import { startSandbox } from "../../scripts/sandbox/sandbox.ts";
import { finishLogin } from "../support/login.ts";
import { startProgram } from "../support/run_program.ts";
import { TemporaryFolder, listing } from "../support/temporary_folder.ts";

Deno.test("sc-login", async () => {
  await using sandbox = await startSandbox();
  await using home = await TemporaryFolder.make();
  const p = startProgram(["sc-login", sandbox.address, "--no-browser", "--ca-file", sandbox.caFile], { home: home.path });
  const {page, result} = await finishLogin(p, sandbox);
  console.log(page.status, result, await listing(home.path));
});
