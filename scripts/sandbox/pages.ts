import { type Html, markup } from "./html.ts";
import { style } from "./style.ts";

/** What the consent page tells the user. */
export interface ConsentRequest {
  user: string;
  clientId: string;
  clientName: string;
  scopes: string[];
}

const scopeMeanings: Record<string, string> = {
  "authelia.bearer.authz": "Access protected resources as you",
  "offline_access": "Refresh these permissions without you",
};

/** Headers of every page; no form-action, which would stop the redirect to the loopback address. */
export const pageHeaders = {
  "content-type": "text/html; charset=utf-8",
  "cache-control": "no-store",
  "content-security-policy":
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
};

/** The first page: user name and password, and what went wrong the last time. */
export function signInPage(
  options: { action: string; error?: string },
): string {
  const { action, error } = options;
  const alert = error === undefined
    ? markup``
    : markup`<p class="error" role="alert">${error}</p>`;
  return page(
    "Sign in",
    markup`${alert}<form method="post" action="${action}">
<label>Username
<input name="username" id="username-textfield" autocomplete="username" required autofocus></label>
<label>Password
<input name="password" id="password-textfield" type="password"
autocomplete="current-password" required></label>
<div class="actions"><button class="main" id="sign-in-button">Sign in</button></div>
</form>`,
  );
}

/** The second page, with Authelia's element ids. */
export function consentPage(action: string, request: ConsentRequest): string {
  const { user, clientId, clientName } = request;
  const scopes = request.scopes.map((scope) =>
    markup`<dt>${scope}</dt><dd>${
      scopeMeanings[scope] ?? "Unknown permission"
    }</dd>`
  );
  return page(
    "Consent Request",
    markup`<p>Hi ${user}. <strong title="${clientId}">${clientName}</strong>
(<code>${clientId}</code>) asks for these permissions:</p>
<dl>${scopes}</dl>
<form method="post" action="${action}"><div class="actions">
<button class="main" id="openid-consent-accept" name="decision" value="accept">Accept</button>
<button id="openid-consent-deny" name="decision" value="deny">Deny</button>
</div></form>`,
  );
}

/** A page that only says something. */
export function messagePage(title: string, message: string): string {
  return page(title, markup`<p>${message}</p>`);
}

/** The frame of every page. */
export function page(title: string, content: Html): string {
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title} – StandCloud sandbox</title>
<style>${style}</style>
</head>
<body><main><h1>${title}</h1>${content}<p><small>StandCloud sandbox</small></p></main></body>
</html>
`.text;
}
