import { deepStrictEqual as equal } from "node:assert/strict";
import { changeLogin, secondsAhead } from "../support/login_file.ts";
import { startBinary } from "../support/run_binary.ts";
import { setLoggedInStage } from "../support/stage.ts";

const PROCESSES = 80;

Deno.test("80 compiled programs at once renew an ended login with one request (duty 23)", async () => {
  await using stage = await setLoggedInStage({ start: startBinary });
  const { address, counts } = stage.sandbox;
  // A second use of the same refresh token would end the whole login here.
  await changeLogin(stage.home, address, { "expires_at": secondsAhead(-10) });
  stage.sandbox.expireAccessTokens();

  const programs = await Promise.all(
    Array.from(
      { length: PROCESSES },
      () => stage.start(["sc-login", "--check"]),
    ),
  );
  const results = await Promise.all(programs.map(({ result }) => result));

  equal(
    results.filter(({ code }) => code !== 0).map(({ stderr }) => stderr),
    [],
  );
  equal([counts.refreshGrants, counts.refusedTokenRequests], [1, 0]);
});
