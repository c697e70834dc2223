/** What the person reads in the browser when the sign-in is over. */
type Page = "issued" | "failed";

const STYLE = `
:root { color-scheme: light dark; --good: #1a7f4b; --bad: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --good: #6fd3a0; --bad: #ff8a80; } }
body { font: 1.125rem/1.5 system-ui, sans-serif; margin: 0; min-height: 100vh;
  display: grid; place-items: center; background: Canvas; color: CanvasText; }
main { max-width: 32rem; padding: 2rem; text-align: center; }
.mark { font-size: 3.5rem; line-height: 1; }
.good { color: var(--good); } .bad { color: var(--bad); }
h1 { font-size: 1.75rem; margin: 1rem 0 0.5rem; }
`;

interface PageText {
  readonly tone: string;
  readonly mark: string;
  readonly title: string;
  readonly text: string;
}

const TEXTS: Record<Page, PageText> = {
  issued: {
    tone: "good",
    mark: "✓",
    title: "Token issued",
    text:
      "StandCloud issued a token for this test stand. You can close this page; the terminal says <b>Registration completed</b>.",
  },
  failed: {
    tone: "bad",
    mark: "✗",
    title: "No token issued",
    text:
      "This test stand has no token that works. The terminal says why and what to do. You can close this page.",
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

/** One of two fixed pages; nothing of the request is in them. */
export function callbackPage(page: Page): Response {
  return pageOf(TEXTS[page], page === "issued" ? 200 : 400);
}

/**
 * The page for an Accept that came too late; nothing of the request is in it.
 *
 * @param newest the sign-in page to use instead, if there is one yet.
 */
export function tooOldPage(newest: URL | undefined): Response {
  const way = newest === undefined
    ? "The terminal shows a new page soon: use that one."
    : `Use the newest page: <a href="${
      attribute(newest.href)
    }">sign in</a>. The terminal shows it too.`;
  return pageOf({
    tone: "bad",
    mark: "✗",
    title: "Page too old",
    text: `The sign-in page was open for too long. ${way}`,
  }, 400);
}

function attribute(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;")
    .replaceAll("<", "&lt;");
}

function pageOf(
  { tone, mark, title, text }: PageText,
  status: number,
): Response {
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} – StandCloud</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<div class="mark ${tone}" aria-hidden="true">${mark}</div>
<h1>${title}</h1>
<p>${text}</p>
</main>
</body>
</html>
`;
  return new Response(html, { status, headers: HEADERS });
}

/** The answer to a request that is not the one the login waits for. */
export function refusal(status: number, headers = {}): Response {
  return new Response(null, {
    status,
    headers: { ...headers, "connection": "close" },
  });
}
