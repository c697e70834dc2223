import { messageOf } from "../system/app_error.ts";
import { serveOnLoopback } from "../system/loopback_server.ts";
import type { PendingAuthorization } from "../standcloud/authorization_code.ts";
import { callbackPage, refusal } from "./callback_page.ts";
import {
  type AuthorizationResponse,
  authorizationResponse,
  CALLBACK_PATH,
  readCallback,
} from "./callback_request.ts";

/** The loopback server that waits for the authorization response (RFC 8252 section 7.3). */
export interface CallbackServer<T> extends AsyncDisposable {
  readonly redirectUri: string;
  /**
   * Waits for the one valid response and gives it to `redeem`, whose outcome
   * is what the page tells the person. Rejects with what `redeem` throws.
   */
  wait(
    pending: PendingAuthorization,
    redeem: (response: AuthorizationResponse) => Promise<T>,
  ): Promise<T>;
  /** Waits for the response to one more request; those before stay good. */
  add(pending: PendingAuthorization): void;
  /**
   * Takes the redirect URI that a browser on another computer ended on, with
   * the response in it; false when it is not an answer to a pending request.
   */
  paste(text: string): boolean;
}

interface Waiting {
  readonly pending: PendingAuthorization[];
  readonly settle: (response: AuthorizationResponse) => Promise<boolean>;
}

/** Binds at once, so that the redirect URI is known before anything is asked for. */
export function startCallbackServer<T>(
  ports: readonly number[],
): CallbackServer<T> {
  const desk = new Desk<T>();
  const server = serveOnLoopback((request) => desk.answer(request), ports);
  desk.redirectUri = `http://127.0.0.1:${server.port}${CALLBACK_PATH}`;
  return {
    redirectUri: desk.redirectUri,
    wait: (pending, redeem) => desk.wait(pending, redeem),
    add: (pending) => desk.add(pending),
    paste: (text) => desk.paste(text),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

/** Takes one response, by whichever way it comes. */
class Desk<T> {
  redirectUri = "";
  #waiting: Waiting | undefined;

  wait(
    pending: PendingAuthorization,
    redeem: (response: AuthorizationResponse) => Promise<T>,
  ): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const settle = async (response: AuthorizationResponse) => {
        try {
          resolve(await redeem(response));
          return true;
        } catch (error) {
          reject(error instanceof Error ? error : new Error(messageOf(error)));
          return false;
        }
      };
      this.#waiting = { pending: [pending], settle };
    });
  }

  add(pending: PendingAuthorization): void {
    this.#waiting?.pending.push(pending);
  }

  async answer(request: Request): Promise<Response> {
    if (this.#waiting === undefined) return refusal(404);
    const read = await readCallback(request, {
      host: new URL(this.redirectUri).host,
      pending: this.#waiting.pending,
    });
    if ("refused" in read) return refusal(read.refused);
    // A second answer that came in while this one was being read is a stranger.
    const settle = this.#take();
    if (settle === undefined) return refusal(404);
    return callbackPage(await settle(read) ? "issued" : "failed");
  }

  paste(text: string): boolean {
    const url = URL.parse(text.replace(/^[\s"'<]+|[\s"'>]+$/g, ""));
    if (this.#waiting === undefined || url?.pathname !== CALLBACK_PATH) {
      return false;
    }
    const { pending } = this.#waiting;
    const response = authorizationResponse(url.searchParams, pending);
    if (response === undefined) return false;
    void this.#take()?.(response);
    return true;
  }

  #take(): Waiting["settle"] | undefined {
    const settle = this.#waiting?.settle;
    this.#waiting = undefined;
    return settle;
  }
}
