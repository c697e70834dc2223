import { deepStrictEqual as equal, match, ok } from "node:assert/strict";
import type { SandboxOptions } from "../../scripts/sandbox/types.ts";
import { startBinary } from "../support/run_binary.ts";
import {
  authorizationUrl,
  type RunningProgram,
} from "../support/running_program.ts";
import { setStage } from "../support/stage.ts";
import type { Stage } from "../support/stage.ts";
import { contrast, type Person, sitDown } from "./person.ts";

/** A login of the compiled program, and a person who has signed in. */
async function withPerson(
  test: (
    around: { person: Person; program: RunningProgram; stage: Stage },
  ) => Promise<void>,
  { sandbox = {}, ...options }: {
    javaScriptEnabled?: boolean;
    sandbox?: SandboxOptions;
  } = {},
): Promise<void> {
  await using stage = await setStage({ start: startBinary, ...sandbox });
  await using person = await sitDown(options);
  const program = await stage.start(["sc-login", "--no-browser"]);
  const url = await authorizationUrl(program);
  await person.signIn(url, stage.sandbox.user);
  await test({ person, program, stage });
}

/** How the page reads for a sign-in to this address. */
function pageText(
  address: string,
  [title, text, ...next]: readonly string[],
): string {
  return [
    title,
    text,
    `Test stand\n${Deno.hostname()}\nStandCloud\n${address}`,
    "What to do next",
    ["Close this page.", ...next].join("\n"),
  ].join("\n");
}

const issued = ({ sandbox }: Stage) =>
  pageText(sandbox.address, [
    "Token issued",
    "StandCloud issued a token for this test stand.",
    "Go back to the terminal. It says Registration completed.",
  ]);

const notIssued = ({ sandbox }: Stage) =>
  pageText(sandbox.address, [
    "No token issued",
    "This test stand has no token that works.",
    "Go back to the terminal. It says why, and what to do.",
  ]);

/** The text of the page without the mark ✓ or ✗ and without empty lines. */
async function wordsOf(person: Person): Promise<string> {
  return (await person.read()).replace(/^[✓✗]\s+/, "").replace(/\n+/g, "\n");
}

/** The address bar tells neither code nor state, and neither does "back". */
function equalPath({ page }: Person, path: string): void {
  const { pathname, search, hash } = new URL(page.url());
  equal([pathname, search, hash], [path, "", ""]);
}

Deno.test("a person who presses Accept in Chromium reads that the token was issued", () =>
  withPerson(async ({ person, program, stage }) => {
    await person.photograph("consent");
    match(await person.read(), /hardpy-report-uploader[^]*Accept\s+Deny/);
    await person.press("Accept");

    equal(await wordsOf(person), issued(stage));
    equalPath(person, "/oauth2/done");
    await person.photograph("token-issued");
    const { code, stdout } = await program.result;
    equal([code, stdout], [0, "Registration completed\n"]);
    equal((await stage.run(["sc-login", "--check"])).code, 0);
  }));

Deno.test("a person who presses Accept in Chromium logs in where the answer is posted as a form", () =>
  withPerson(async ({ person, program, stage }) => {
    await person.press("Accept");

    equalPath(person, "/oauth2/done");
    equal(await wordsOf(person), issued(stage));
    const { code, stdout } = await program.result;
    equal([code, stdout], [0, "Registration completed\n"]);
    equal((await stage.run(["sc-login", "--check"])).code, 0);
  }, { sandbox: { responseMode: "form_post" } }));

Deno.test("a person who presses Deny in Chromium reads that no token was issued", () =>
  withPerson(async ({ person, program, stage }) => {
    await person.press("Deny");

    equal(await wordsOf(person), notIssued(stage));
    equalPath(person, "/oauth2/done");
    await person.photograph("no-token-issued");
    const { code, stdout, stderr } = await program.result;
    equal([code, stdout], [3, ""]);
    match(stderr, /\nerror: The login was denied at /);
    equal((await stage.run(["sc-login", "--check"])).code, 3);
  }));

Deno.test("the page is readable in Chromium without JavaScript, in light and in dark", () =>
  withPerson(async ({ person, program, stage }) => {
    await person.press("Accept");

    equal(await wordsOf(person), issued(stage));
    for (const colorScheme of ["light", "dark"] as const) {
      await person.page.emulateMedia({ colorScheme });
      for (const selector of ["h1", "p", "dt", "dd", "li", ".mark"]) {
        const ratio = await contrast(person.page, selector);
        ok(ratio >= 4.5, `${selector} in ${colorScheme}: ${ratio}`);
      }
    }
    await person.photograph("without-javascript");
    equal((await program.result).code, 0);
  }, { javaScriptEnabled: false }));

Deno.test("the page in Chromium has a title, and reloading it finds nobody there", () =>
  withPerson(async ({ person, program }) => {
    await person.press("Accept");
    equal(await person.page.title(), "Token issued – StandCloud");
    equal((await program.result).code, 0);

    const failure = await person.page.reload().then(
      () => "",
      (error) => error.message,
    );
    match(failure, /ERR_CONNECTION_REFUSED/);
  }));

Deno.test("a person who presses Accept too late in Chromium is led to the newest page, and logs in there", () =>
  withPerson(async ({ person, program, stage }) => {
    stage.sandbox.expirePushedRequests();
    await person.press("Accept");
    match(await person.read(), /Page too old\s+The sign-in page was open/);
    equal(new URL(person.page.url()).search, "");
    await person.photograph("page-too-old");
    await person.page.getByRole("link", { name: "sign in" }).click();
    await person.page.getByRole("button", { name: "Accept" }).waitFor();
    await person.press("Accept");

    equal(await wordsOf(person), issued(stage));
    const { code, stdout } = await program.result;
    equal([code, stdout], [0, "Registration completed\n"]);
  }));
