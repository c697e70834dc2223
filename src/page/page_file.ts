import { Html, html } from "./markup.ts";
import { STYLE } from "./style.ts";

export interface PageFile {
  readonly title: string;
  /** What the parts of this page look like, beside the style of every page. */
  readonly style: string;
  readonly content: Html;
}

/**
 * A page that needs nothing else: no script, no network, no file beside it. Its
 * policy forbids all three, should a text ever break out of its place.
 */
export async function pageFile(
  { title, style, content }: PageFile,
): Promise<string> {
  const styles = STYLE + style;
  const policy = [
    "default-src 'none'",
    `style-src 'sha256-${await hashOf(styles)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const page = html`
    <!DOCTYPE html>
    <html lang="en">
      <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="${policy}">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="referrer" content="no-referrer">
        <meta name="color-scheme" content="light dark">
        <title>${title}</title>
        <style>
        ${new Html(styles)}
        </style>
      </head>
      <body>
        <main>${content}</main>
      </body>
    </html>
  `;
  return page.text;
}

async function hashOf(text: string): Promise<string> {
  const bytes = new TextEncoder().encode(text);
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))
    .toBase64();
}
