import { deepStrictEqual as equal, match } from "node:assert/strict";
import { type FakeStage, setFakeStage } from "../support/fake_stage.ts";
import { loginFiles, loginPath } from "../support/login_file.ts";
import { named } from "../support/outcomes.ts";
import { eventsOf } from "../support/running_program.ts";

/** Nobody listens there. */
const OTHER = "http://127.0.0.1:1";

/** A stand whose login was copied to the name of another address. */
async function setCopiedStage(): Promise<FakeStage> {
  const stage = await setFakeStage();
  const { address } = stage.service;
  const path = loginPath(stage.home, OTHER);
  await Deno.copyFile(loginPath(stage.home, address), path);
  return stage;
}

Deno.test("status calls a login that was copied from another address unreadable", async () => {
  await using stage = await setCopiedStage();
  const { address } = stage.service;

  const result = await stage.run(["status", "--json"]);

  equal([result.code, result.stderr], [0, ""]);
  const [other = {}, own = {}, ...more] = named(result, "status").sort((a, b) =>
    String(a["address"]).length - String(b["address"]).length
  );
  equal(more, []);
  equal([own["address"], own["state"]], [address, "valid"]);
  equal([other["address"], other["state"]], [OTHER, "unreadable"]);
  match(String(other["problem"]), new RegExp(`it was made for ${address}`));
});

Deno.test("sc-logout --all ends a login once and removes its copy too", async () => {
  await using stage = await setCopiedStage();
  const { address } = stage.service;

  const result = await stage.run(["sc-logout", "--all", "--json"]);

  equal(result.code, 0);
  const revoked = eventsOf(result).map((one) => [
    one["event"],
    one["address"],
    one["revoked"],
  ]);
  equal(revoked.sort(), [
    ["logged_out", OTHER, "unknown"],
    ["logged_out", address, true],
  ]);
  match(result.stderr, /^note: .+ it was made for .+\n$/);
  equal(stage.service.forms("revocation").length, 2);
  equal(await loginFiles(stage.home), []);
});
