/**
 * Puts a login for `address` into `home` (STANDCLOUD_HOME), so that `sc-login
 * --check` has one to read before it speaks. Writes nothing yet.
 */
export async function prepareLogin(
  _home: string,
  _address: string,
): Promise<void> {
}
