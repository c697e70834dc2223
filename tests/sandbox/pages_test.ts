import {
  deepStrictEqual as equal,
  doesNotMatch,
  match,
} from "node:assert/strict";
import { CookieJar } from "../../scripts/sandbox/cookies.ts";
import { firstForm } from "../../scripts/sandbox/forms.ts";
import { Html, markup } from "../../scripts/sandbox/html.ts";
import { consentPage, signInPage } from "../../scripts/sandbox/pages.ts";

const nasty = `<script>alert("x")</script>&'`;

Deno.test("markup escapes values and keeps Html", () => {
  equal(
    markup`<p title="${nasty}">${new Html("<b>")}</p>`.text,
    `<p title="&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&amp;&#39;"><b></p>`,
  );
});

Deno.test("consentPage() escapes everything and has Authelia's button ids", () => {
  const page = consentPage(nasty, {
    user: nasty,
    clientId: nasty,
    clientName: nasty,
    scopes: [nasty],
  });

  doesNotMatch(page, /<script/);
  match(page, /<button [^>]*id="openid-consent-accept"[^>]*>Accept<\/button>/);
  match(page, /<button [^>]*id="openid-consent-deny"[^>]*>Deny<\/button>/);
});

Deno.test("firstForm() reads action, hidden values and names", () => {
  const form = firstForm(signInPage({ action: "/a?b&c" }));
  const posted = firstForm(
    '<form method="post" action="/x"><input type="hidden" name="a" value="&lt;1&amp;2"/></form>',
  );

  equal(form, {
    action: "/a?b&c",
    hidden: {},
    names: new Set(["username", "password"]),
  });
  equal(posted, { action: "/x", hidden: { a: "<1&2" }, names: new Set() });
  equal(firstForm("<p>nothing</p>"), undefined);
});

Deno.test("CookieJar sends a cookie below its path until it is cleared", () => {
  const jar = new CookieJar();
  jar.store(
    new Headers([["set-cookie", "a=1=2; path=/x; secure"], [
      "set-cookie",
      "b=3",
    ]]),
  );

  equal(jar.header("/x/y"), "a=1=2; b=3");
  equal(jar.header("/"), "b=3");
  jar.store(
    new Headers([[
      "set-cookie",
      "b=; path=/; expires=Thu, 01 Jan 1970 00:00:00 GMT",
    ]]),
  );
  equal(jar.header("/"), "");
});
