import { deepStrictEqual as equal, match, ok } from "node:assert/strict";
import { signIn } from "../../scripts/sandbox/sign_in.ts";
import { authorizationUrl } from "../support/running_program.ts";
import { setStage, type Stage } from "../support/stage.ts";
import { visit, withWaitingLogin } from "../support/waiting_login.ts";

/** What a thief gets for a code, with a verifier of the thief's own or none. */
async function redeemStolen(
  { sandbox }: Stage,
  answer: URL,
  verifier: Record<string, string>,
): Promise<[number, string]> {
  using client = Deno.createHttpClient({ caCerts: [sandbox.caPem] });
  const response = await fetch(`${sandbox.issuer}/api/oidc/token`, {
    client,
    method: "POST",
    body: new URLSearchParams({
      "grant_type": "authorization_code",
      "client_id": "hardpy-report-uploader",
      "redirect_uri": answer.origin + answer.pathname,
      code: answer.searchParams.get("code") ?? "",
      ...verifier,
    }),
  });
  return [response.status, (await response.json())["error"]];
}

const VERIFIERS: Record<string, Record<string, string>> = {
  "without a verifier": {},
  "with another verifier": { "code_verifier": "x".repeat(43) },
  "with an empty verifier": { "code_verifier": "" },
};

for (const [how, verifier] of Object.entries(VERIFIERS)) {
  Deno.test(`the code of a login is worth nothing to who catches it ${how} (duty 6)`, async () => {
    await using stage = await setStage();
    const program = await stage.start(["sc-login", "--no-browser"]);
    const { finalUrl } = await signIn(await authorizationUrl(program), {
      caPem: stage.sandbox.caPem,
      decision: "accept",
      stopAt: "http://127.0.0.1:",
    });
    const answer = new URL(finalUrl);
    ok(answer.searchParams.has("code"));

    const [status] = await redeemStolen(stage, answer, verifier);
    equal(status, 400);
    equal(stage.sandbox.counts.codeGrants, 0);
    await visit(finalUrl);
    await program.result;
  });
}

Deno.test("a login does not take the answer to another one (duties 13, 14)", () =>
  withWaitingLogin(async (mine, { service }) => {
    await withWaitingLogin(async (theirs, { service: other }) => {
      equal((await mine.call(theirs.response)).status, 400);
      equal((await theirs.call(mine.response)).status, 400);
      equal((await mine.call(mine.response)).status, 200);
      equal((await theirs.call(theirs.response)).status, 200);
      equal((await mine.program.result).code, 0);
      equal((await theirs.program.result).code, 0);
      const [a, b] = [service, other].map((one) =>
        one.forms("token")[0]?.get("code_verifier")
      );
      match(a ?? "", /^[\w-]{43}$/);
      ok(a !== b);
    });
  }));
