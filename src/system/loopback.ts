/** Whether a URL's host is this computer itself. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "[::1]" ||
    /^127(?:\.\d{1,3}){3}$/.test(host);
}
