import { lookup } from "node:dns/promises";

const TIMEOUT_MILLISECONDS = 5000;

/**
 * The addresses of a host, as every connection of the program finds them.
 *
 * @throws when there are none.
 */
export async function addressesOf(host: string): Promise<string[]> {
  const found = await within(lookup(host, { all: true }));
  return [...new Set(found.map(({ address }) => address))];
}

/** @throws when nobody takes the connection. */
export async function connectOnce(host: string, port: number): Promise<void> {
  const connecting = Deno.connect({ hostname: host, port });
  try {
    (await within(connecting)).close();
  } catch (error) {
    connecting.then((connection) => connection.close(), () => {});
    throw error;
  }
}

async function within<T>(action: Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => reject(new Error("no answer in time")),
    TIMEOUT_MILLISECONDS,
  );
  try {
    return await Promise.race([action, late]);
  } finally {
    clearTimeout(timer);
  }
}
