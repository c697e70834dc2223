import assert from "node:assert/strict";
import { callbackPage, refusal } from "../../src/login/callback_page.ts";

const pages: [page: "issued" | "failed", status: number, title: RegExp][] = [
  ["issued", 200, /<title>Token issued – StandCloud<\/title>/],
  ["failed", 400, /<title>No token issued – StandCloud<\/title>/],
];

for (const [page, status, title] of pages) {
  Deno.test(`callbackPage() of ${page} is static and runs nothing`, async () => {
    const response = callbackPage(page);
    assert.equal(response.status, status);
    assert.deepEqual(Object.fromEntries(response.headers), {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy":
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      "cache-control": "no-store",
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
      connection: "close",
    });
    const html = await response.text();
    assert.match(html, title);
    assert.doesNotMatch(html, /<script|<form|<img|<link|https?:|url\(/i);
    assert.equal(await callbackPage(page).text(), html);
  });
}

Deno.test("callbackPage() tells the person what the terminal says", async () => {
  const html = await callbackPage("issued").text();
  assert.match(html, /Registration completed/);
});

Deno.test("refusal() says nothing but a status", async () => {
  const response = refusal(421);
  assert.equal(response.status, 421);
  assert.equal(await response.text(), "");
  assert.deepEqual(Object.fromEntries(response.headers), {
    connection: "close",
  });
});
