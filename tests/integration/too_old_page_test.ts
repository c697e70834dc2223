import {
  deepStrictEqual as equal,
  match,
  notEqual,
  ok,
} from "node:assert/strict";
import { signIn } from "../../scripts/sandbox/sign_in.ts";
import { eventsOf } from "../support/running_program.ts";
import { setStage } from "../support/stage.ts";
import { withWaitingLogin } from "../support/waiting_login.ts";

Deno.test("sc-login goes on with a new page when Accept is pressed on one that is too old", async () => {
  await using stage = await setStage();
  const { sandbox } = stage;
  const { caPem } = sandbox;
  const program = await stage.start(["sc-login", "--no-browser"]);
  const url = await program.output.find(/(https:\S+)/);

  const late = await signIn(url, {
    caPem,
    decision: "accept",
    beforeDecision: () => sandbox.expirePushedRequests(),
  });

  equal(late.status, 400);
  match(late.body, /<h1>Page too old<\/h1>/);
  const next = await program.output.find(
    /The page above is too old now\. Open this page instead:\n\n {2}(https:\S+)/,
  );
  notEqual(next, url);
  ok(late.body.includes(`<a href="${next.replaceAll("&", "&amp;")}">`));
  await signIn(next, { caPem, decision: "accept" });
  const { code, stdout } = await program.result;
  equal([code, stdout], [0, "Registration completed\n"]);
});

Deno.test("sc-login names the newest page when Accept is pressed on one that it has replaced", () =>
  withWaitingLogin(async (login, { service }) => {
    const { program, call, response: { state, iss } } = login;
    const tooOld = { error: "invalid_request_uri", state, iss };
    // The first one brings a new page; its own page is replaced from then on.
    for (const said of ["authorization_url", "authorization_url"]) {
      const { status, body } = await call(tooOld);
      equal(status, 400, said);
      match(body, /was open for too long\.[^]*Use the newest page/);
    }

    const [, second] = service.forms("pushed-authorization-request");
    const page = await call({
      code: "the-code",
      state: second?.get("state") ?? "",
      iss,
    });
    const result = await program.result;

    equal([page.status, result.code], [200, 0]);
    equal(service.forms("pushed-authorization-request").length, 2);
    const urls = eventsOf(result)
      .filter(({ event }) => event === "authorization_url");
    equal(urls.length, 3);
  }, { flags: ["--json"] }));

Deno.test("sc-login says on the terminal which page to use after an answer that came too late", () =>
  withWaitingLogin(async ({ program, call, response }) => {
    const { state, iss } = response;
    for (const _ of [1, 2]) {
      await call({ error: "invalid_request_uri", state, iss });
    }
    await program.output.find(
      /(That page was too old when Accept was pressed\. Use the newest page:\n\n {2}http)/,
    );
    program.interrupt();
    equal((await program.result).code, 130);
  }));
