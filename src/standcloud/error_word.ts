/**
 * The `error` word of an OAuth error answer (RFC 6749 section 5.2), whatever
 * its status: Authelia sends `server_error` with 500 and `access_denied` with
 * 403. Undefined when it is no such answer. The response can be read again.
 */
export async function errorWord(
  response: Response,
): Promise<string | undefined> {
  const body = await response.clone().json().catch(() => undefined);
  const word = body?.error;
  return typeof word === "string" ? word.slice(0, 100) : undefined;
}
