import { Html, markup } from "./html.ts";
import { messagePage, page, pageHeaders } from "./pages.ts";

/** The part of a Koa context that a page needs. */
export interface PageContext {
  body: unknown;
  set(headers: Record<string, string>): void;
  oidc: { client?: { clientName?: string; clientId: string } };
}

/** Asks for the user code of the device flow (RFC 8628, section 3.3). `form` is oidc-provider's. */
export function userCodeInput(
  context: PageContext,
  form: string,
  _out?: unknown,
  error?: { name: string },
): void {
  if (error?.name === "AbortedError") {
    const note = "The request was denied. You may close this page.";
    return show(context, messagePage("Device sign-in", note));
  }
  const message = error === undefined
    ? "Enter the code that your device shows."
    : "That code is not valid.";
  const content = markup`<p>${message}</p>${new Html(form)}<div class="actions">
<button class="main" form="op.deviceInputForm">Continue</button></div>`;
  show(context, page("Device sign-in", content));
}

/** oidc-provider asks once more before it goes on. Authelia never shows the code that came with the URL. */
export function userCodeConfirm(
  context: PageContext,
  form: string,
  client: { clientName?: string; clientId: string },
): void {
  const content = markup`<p>${client.clientName ?? client.clientId}</p>
${new Html(form)}<div class="actions">
<button class="main" form="op.deviceConfirmForm">Continue</button>
<button form="op.deviceConfirmForm" name="abort" value="yes">Cancel</button></div>`;
  show(context, page("Device sign-in", content));
}

export function deviceSuccess(context: PageContext): void {
  show(
    context,
    messagePage(
      "Accepted",
      "The device is signed in. You may close this page.",
    ),
  );
}

/** An error that cannot be redirected to the client, such as a bad request_uri. */
export function errorPage(
  context: PageContext,
  out: { error: string; "error_description"?: string },
): void {
  const { error, error_description: description } = out;
  show(
    context,
    messagePage("Error", description ? `${error}: ${description}` : error),
  );
}

function show(context: PageContext, body: string): void {
  context.set(pageHeaders);
  context.body = body;
}
