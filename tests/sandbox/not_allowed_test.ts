import { deepStrictEqual as equal, match } from "node:assert/strict";
import { startSandbox } from "../../scripts/sandbox/sandbox.ts";
import { Stand } from "./client.ts";

Deno.test("the API answers an account that is not allowed with 403 and a text, as forward-auth", async () => {
  await using sandbox = await startSandbox({ apiKeys: ["key"] });
  using stand = new Stand(sandbox);
  const { access_token: token } = await stand.logIn();
  sandbox.isAllowed = false;

  for (const bearer of [token, "key"]) {
    const answer = await stand.request("/hardpy/api/v1/test_report", {
      method: "POST",
      headers: { authorization: `Bearer ${bearer}` },
      body: "{}",
    });
    equal([answer.status, await answer.text()], [403, "403 Forbidden"]);
    match(answer.headers.get("content-type") ?? "", /^text\/plain/);
  }
  equal(await stand.healthStatus("authelia_at_a.b"), 401);
});
