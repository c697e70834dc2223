import { deepStrictEqual as equal, match, ok } from "node:assert/strict";
import {
  type CallbackAnswer,
  withWaitingLogin,
} from "../support/waiting_login.ts";

const HEADERS = {
  "cache-control": "no-store",
  "content-security-policy":
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "content-type": "text/html; charset=utf-8",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

/** The text that a person reads, with ADDRESS in place of the address of the service. */
function textOf({ body }: CallbackAnswer): string[] {
  return body.replace(/<style>[^]*<\/style>/, "")
    .replace(/<\/?b>/g, "").replace(/<[^>]+>/g, "\n")
    .replace(/http:\/\/127\.0\.0\.1:\d+/, "ADDRESS")
    .split("\n").filter((line) => line !== "");
}

/** The headers that matter to a browser; Deno adds some about the transport. */
function headersOf({ headers }: CallbackAnswer): Record<string, string> {
  const { connection: _, "content-length": _length, vary: _vary, ...rest } =
    headers;
  return rest;
}

/** Ends a login with these parameters and gives the page. */
async function pageAfter(
  changes: Record<string, string>,
): Promise<CallbackAnswer> {
  let page: CallbackAnswer | undefined;
  await withWaitingLogin(async ({ program, call, response }) => {
    const { code: _, ...rest } = response;
    page = await call({
      ...("error" in changes ? rest : response),
      ...changes,
    });
    await program.result;
  });
  return page ?? { status: 0, headers: {}, body: "" };
}

interface Page {
  readonly changes: Record<string, string>;
  readonly status: number;
  readonly text: string[];
}

const FACTS = [
  "Test stand",
  "stand-7",
  "StandCloud",
  "ADDRESS",
  "What to do next",
];

const PAGES: Record<string, Page> = {
  "the token was issued": {
    changes: {},
    status: 200,
    text: [
      "Token issued – StandCloud",
      "✓",
      "Token issued",
      "StandCloud issued a token for this test stand.",
      ...FACTS,
      "Close this page.",
      "Go back to the terminal. It says Registration completed.",
    ],
  },
  "no token was issued": {
    changes: { error: "access_denied" },
    status: 400,
    text: [
      "No token issued – StandCloud",
      "✗",
      "No token issued",
      "This test stand has no token that works.",
      ...FACTS,
      "Close this page.",
      "Go back to the terminal. It says why, and what to do.",
    ],
  },
};

for (const [fact, { changes, status, text }] of Object.entries(PAGES)) {
  Deno.test(`sc-login answers the browser with a page that says that ${fact}`, async () => {
    const page = await pageAfter(changes);

    equal(page.status, status);
    equal(headersOf(page), HEADERS);
    equal(textOf(page), text);
  });
}

Deno.test("sc-login puts nothing of a request into its page (duty 10)", async () => {
  const plain = await pageAfter({ error: "invalid_scope" });
  const hostile = await pageAfter({
    error: "<script>alert(1)</script>",
    "error_description": '"><img src=x onerror=alert(2)>',
    "error_uri": "javascript:alert(3)",
  });

  equal(textOf(hostile), textOf(plain));
  equal(headersOf(hostile), headersOf(plain));
});

Deno.test("sc-login's page needs no script and nothing from another place (duty 10)", async () => {
  const page = await pageAfter({});
  const body = page.body.replace(/<dd>http:[^<]*<\/dd>/, "");

  ok(
    !/<(?:script|link|img|iframe|form|meta http-equiv)|https?:|url\(|@import/i
      .test(body),
  );
  match(body, /color-scheme: light dark/);
});
