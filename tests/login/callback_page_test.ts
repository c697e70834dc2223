import assert from "node:assert/strict";
import {
  type Outcome,
  outcomePage,
  redirect,
  refusal,
  tooOldPage,
} from "../../src/login/callback_page.ts";

const SIGN_IN = { stand: "stand-7", address: "demo.standcloud.io" };

const HEADERS = {
  "content-security-policy":
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "cache-control": "no-store",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  connection: "close",
};

const pages: [outcome: Outcome, status: number, title: RegExp][] = [
  ["issued", 200, /<title>Token issued – StandCloud<\/title>/],
  ["failed", 400, /<title>No token issued – StandCloud<\/title>/],
];

for (const [outcome, status, title] of pages) {
  Deno.test(`outcomePage() of ${outcome} is static and runs nothing`, async () => {
    const response = outcomePage(outcome, SIGN_IN);
    assert.equal(response.status, status);
    assert.deepEqual(Object.fromEntries(response.headers), {
      ...HEADERS,
      "content-type": "text/html; charset=utf-8",
    });
    const html = await response.text();
    assert.match(html, title);
    assert.doesNotMatch(html, /<script|<form|<img|<link|https?:|url\(/i);
    assert.equal(await outcomePage(outcome, SIGN_IN).text(), html);
  });

  Deno.test(`outcomePage() of ${outcome} names the stand, the address and what to do next`, async () => {
    const html = await outcomePage(outcome, SIGN_IN).text();
    assert.match(html, /<dt>Test stand<\/dt><dd>stand-7<\/dd>/);
    assert.match(html, /<dt>StandCloud<\/dt><dd>demo\.standcloud\.io<\/dd>/);
    assert.match(
      html,
      /<li>Close this page\.<\/li><li>Go back to the terminal/,
    );
  });
}

Deno.test("outcomePage() tells the person what the terminal says", async () => {
  const html = await outcomePage("issued", SIGN_IN).text();
  assert.match(html, /Registration completed/);
});

Deno.test("outcomePage() does without the name of a computer that has none, and no name is markup", async () => {
  const nameless = { ...SIGN_IN, stand: undefined };
  const html = await outcomePage("issued", nameless).text();
  assert.doesNotMatch(html, /Test stand|undefined/);
  const evil = { ...SIGN_IN, stand: "<script>x</script>" };
  assert.match(
    await outcomePage("issued", evil).text(),
    /&lt;script&gt;x&lt;\/script&gt;/,
  );
});

Deno.test("tooOldPage() names the stand too, and leads to the newest page", async () => {
  const newest = new URL("https://demo.standcloud.io/a?b=1&c=2");
  const html = await tooOldPage(newest, SIGN_IN).text();
  assert.match(html, /<dd>stand-7<\/dd>/);
  assert.match(
    html,
    /<a href="https:\/\/demo\.standcloud\.io\/a\?b=1&amp;c=2">sign in<\/a>/,
  );
});

Deno.test("redirect() leads to a path, by GET whatever the method was, and tells it no further", () => {
  const response = redirect("/oauth2/done");
  assert.equal(response.status, 303);
  assert.deepEqual(Object.fromEntries(response.headers), {
    ...HEADERS,
    location: "/oauth2/done",
  });
});

Deno.test("refusal() says nothing but a status", async () => {
  const response = refusal(421);
  assert.equal(response.status, 421);
  assert.equal(await response.text(), "");
  assert.deepEqual(Object.fromEntries(response.headers), {
    connection: "close",
  });
});
