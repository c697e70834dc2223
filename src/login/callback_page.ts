import { type Content, type Html, html, nothing } from "../page/markup.ts";
import { STYLE } from "../page/style.ts";

/** How a sign-in ended, as its page in the browser says. */
export type Outcome = "issued" | "failed";

/** Each page of a sign-in names these. */
export interface SignInFor {
  /** The name of this computer; undefined when the system does not tell it. */
  readonly stand: string | undefined;
  /** The address of StandCloud, as the user knows it. */
  readonly address: string;
}

const OWN_STYLE = `
main { max-width: 34rem; padding-top: 12vh; }
.card { padding: 1.5rem; }
.mark { font-size: 3rem; line-height: 1; color: var(--tone); }
h1 { margin: 0.6rem 0 0.3rem; } h2 { margin-top: 1.2rem; }
ol { margin: 0.3rem 0 0; padding-left: 1.4rem; }
`;

interface PageText {
  readonly tone: "good" | "bad";
  readonly title: string;
  readonly text: string;
  readonly next: readonly Content[];
}

const TEXTS: Record<Outcome, PageText> = {
  issued: {
    tone: "good",
    title: "Token issued",
    text: "StandCloud issued a token for this test stand.",
    next: [
      "Close this page.",
      html`
        Go back to the terminal. It says <b>Registration completed</b>.
      `,
    ],
  },
  failed: {
    tone: "bad",
    title: "No token issued",
    text: "This test stand has no token that works.",
    next: [
      "Close this page.",
      "Go back to the terminal. It says why, and what to do.",
    ],
  },
};

const HEADERS = {
  "content-type": "text/html; charset=utf-8",
  "content-security-policy":
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "cache-control": "no-store",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "connection": "close",
};

/** The page of how the sign-in ended; nothing of the request is in it. */
export function outcomePage(outcome: Outcome, signIn: SignInFor): Response {
  return pageOf(TEXTS[outcome], signIn, outcome === "issued" ? 200 : 400);
}

/**
 * The page for an Accept that came too late; nothing of the request is in it.
 *
 * @param newest the sign-in page to use instead, if there is one yet.
 */
export function tooOldPage(
  newest: URL | undefined,
  signIn: SignInFor,
): Response {
  const next = newest === undefined
    ? "Go back to the terminal. It shows a new page soon: use that one."
    : html`
      Use the newest page: <a href="${newest
        .href}">sign in</a>. The terminal shows it
      too.
    `;
  return pageOf(
    {
      tone: "bad",
      title: "Page too old",
      text: "The sign-in page was open for too long.",
      next: [next],
    },
    signIn,
    400,
  );
}

/** Sends the browser to a path without a query: code and state leave its address bar. */
export function redirect(path: string): Response {
  const { "content-type": _type, ...headers } = HEADERS;
  return new Response(null, {
    status: 303,
    headers: { ...headers, location: path },
  });
}

function pageOf(
  { tone, title, text, next }: PageText,
  { stand, address }: SignInFor,
  status: number,
): Response {
  const mark = tone === "good" ? "✓" : "✗";
  const facts = [
    stand === undefined ? nothing : fact("Test stand", stand),
    fact("StandCloud", address),
  ];
  const steps = next.map((step) =>
    html`
      <li>${step}</li>
    `
  );
  const body = html`
    <main class="${tone}">
      <div class="card">
        <div class="mark" aria-hidden="true">${mark}</div>
        <h1>${title}</h1>
        <p>${text}</p>
        <dl>${facts}</dl>
        <h2>What to do next</h2>
        <ol>${steps}</ol>
      </div>
    </main>
  `;
  return new Response(documentOf(title, body), { status, headers: HEADERS });
}

function fact(name: string, value: string): Html {
  return html`
    <dt>${name}</dt><dd>${value}</dd>
  `;
}

function documentOf(title: string, body: Html): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} – StandCloud</title>
<style>${STYLE}${OWN_STYLE}</style>
</head>
<body>
${body.text}
</body>
</html>
`;
}

/** The answer to a request that is not the one the login waits for. */
export function refusal(status: number, headers = {}): Response {
  return new Response(null, {
    status,
    headers: { ...headers, "connection": "close" },
  });
}
