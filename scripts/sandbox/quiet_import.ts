/**
 * Import this before oidc-provider and call `restoreWarnings` after it: the library warns on
 * import that only Node.js is supported. What the sandbox uses of it works in Deno; our tests run it.
 */
const { console: output } = globalThis;
const { warn } = output;
output.warn = () => {};

export function restoreWarnings(): void {
  output.warn = warn;
}
