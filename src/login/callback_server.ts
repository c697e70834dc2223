import { messageOf } from "../system/app_error.ts";
import { serveOnLoopback } from "../system/loopback_server.ts";
import type { PendingAuthorization } from "../standcloud/authorization_code.ts";
import { callbackPage, refusal, tooOldPage } from "./callback_page.ts";
import {
  type AuthorizationResponse,
  authorizationResponse,
  CALLBACK_PATH,
  isTooOld,
  readCallback,
} from "./callback_request.ts";

/** The loopback server that waits for the authorization response (RFC 8252 section 7.3). */
export interface CallbackServer<T> extends AsyncDisposable {
  readonly redirectUri: string;
  /** Waits for the one valid response. Rejects with what `redeem` throws. */
  wait(pending: PendingAuthorization, options: WaitOptions<T>): Promise<T>;
  /** Waits for the response to one more request; those before stay good. */
  add(pending: PendingAuthorization): void;
  /**
   * Takes the redirect URI that a browser on another computer ended on, with
   * the response in it; false when it is not an answer to a pending request.
   */
  paste(text: string): boolean;
}

export interface WaitOptions<T> {
  /** Its outcome is what the page in the browser tells the person. */
  redeem(response: AuthorizationResponse): Promise<T>;
  /**
   * The page to use in place of one that was too old when the person pressed
   * Accept; undefined when there is none yet. The login goes on.
   */
  insteadOf(old: PendingAuthorization): Promise<URL | undefined>;
}

interface Waiting {
  readonly pending: PendingAuthorization[];
  readonly insteadOf: WaitOptions<unknown>["insteadOf"];
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
    wait: (pending, options) => desk.wait(pending, options),
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
    { redeem, insteadOf }: WaitOptions<T>,
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
      this.#waiting = { pending: [pending], insteadOf, settle };
    });
  }

  add(pending: PendingAuthorization): void {
    this.#waiting?.pending.push(pending);
  }

  async answer(request: Request): Promise<Response> {
    if (this.#waiting === undefined) return refusal(404);
    const { pending, insteadOf } = this.#waiting;
    const read = await readCallback(request, {
      host: new URL(this.redirectUri).host,
      pending,
    });
    if ("refused" in read) return refusal(read.refused);
    if (isTooOld(read)) return tooOldPage(await insteadOf(read.pending));
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
    const { pending, insteadOf } = this.#waiting;
    const response = authorizationResponse(url.searchParams, pending);
    if (response === undefined) return false;
    if (isTooOld(response)) void insteadOf(response.pending);
    else void this.#take()?.(response);
    return true;
  }

  #take(): Waiting["settle"] | undefined {
    const settle = this.#waiting?.settle;
    this.#waiting = undefined;
    return settle;
  }
}
