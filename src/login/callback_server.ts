import { messageOf } from "../system/app_error.ts";
import { serveOnLoopback } from "../system/loopback_server.ts";
import type { PendingAuthorization } from "../standcloud/authorization_server.ts";
import { callbackPage, refusal } from "./callback_page.ts";
import { CALLBACK_PATH, readCallback } from "./callback_request.ts";

/** The loopback server that waits for the authorization response (RFC 8252 section 7.3). */
export interface CallbackServer<T> extends AsyncDisposable {
  readonly redirectUri: string;
  /**
   * Waits for the one valid response and gives it to `redeem`, whose outcome
   * is what the page tells the person. Rejects with what `redeem` throws.
   */
  wait(
    pending: PendingAuthorization,
    redeem: (parameters: URLSearchParams) => Promise<T>,
  ): Promise<T>;
}

interface Waiting {
  readonly pending: PendingAuthorization;
  readonly settle: (parameters: URLSearchParams) => Promise<boolean>;
}

/** Binds at once, so that the redirect URI is known before anything is asked for. */
export function startCallbackServer<T>(
  ports: readonly number[],
): CallbackServer<T> {
  let waiting: Waiting | undefined;
  const server = serveOnLoopback(async (request) => {
    if (waiting === undefined) return refusal(404);
    const { pending, settle } = waiting;
    const read = await readCallback(request, {
      host: new URL(pending.redirectUri).host,
      state: pending.state,
    });
    if ("refused" in read) return refusal(read.refused);
    // A second answer that came in while this one was being read is a stranger.
    if (waiting === undefined) return refusal(404);
    waiting = undefined;
    return callbackPage(await settle(read.parameters) ? "issued" : "failed");
  }, ports);

  return {
    redirectUri: `http://127.0.0.1:${server.port}${CALLBACK_PATH}`,
    wait: (pending, redeem) =>
      new Promise<T>((resolve, reject) => {
        const settle = async (parameters: URLSearchParams) => {
          try {
            resolve(await redeem(parameters));
            return true;
          } catch (error) {
            reject(
              error instanceof Error ? error : new Error(messageOf(error)),
            );
            return false;
          }
        };
        waiting = { pending, settle };
      }),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}
