import { messageOf } from "../system/app_error.ts";
import { serveOnLoopback, settledWithin } from "../system/loopback_server.ts";
import type { PendingAuthorization } from "../standcloud/authorization_code.ts";
import {
  type Outcome,
  outcomePage,
  redirect,
  refusal,
  type SignInFor,
  tooOldPage,
} from "./callback_page.ts";
import {
  type AuthorizationResponse,
  authorizationResponse,
  CALLBACK_PATH,
  isTooOld,
  readCallback,
  strayStatus,
} from "./callback_request.ts";

/** Where the browser goes from the redirect URI, whose query it then no longer shows. */
const DONE_PATH = "/oauth2/done";
const TOO_OLD_PATH = "/oauth2/too-old";

/** A browser that does not ask for the last page keeps the terminal waiting no longer. */
const SEEN_MILLISECONDS = 1000;

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
  readonly settle: (response: AuthorizationResponse) => Promise<Outcome>;
}

/**
 * Binds at once, so that the redirect URI is known before anything is asked for.
 *
 * @param ports loopback ports to try; 0 is any free one.
 * @param signIn what the pages tell about this sign-in.
 */
export function startCallbackServer<T>(
  ports: readonly number[],
  signIn: SignInFor,
): CallbackServer<T> {
  const callback = new Callback<T>(signIn);
  const server = serveOnLoopback((request) => callback.answer(request), ports);
  callback.redirectUri = `http://127.0.0.1:${server.port}${CALLBACK_PATH}`;
  return {
    redirectUri: callback.redirectUri,
    wait: (pending, options) => callback.wait(pending, options),
    add: (pending) => callback.add(pending),
    paste: (text) => callback.paste(text),
    async [Symbol.asyncDispose]() {
      await callback.outcomeIsSeen();
      await server[Symbol.asyncDispose]();
    },
  };
}

/** Takes one response, by whichever way it comes, and shows pages about it. */
class Callback<T> {
  redirectUri = "";
  readonly #signIn: SignInFor;
  #waiting: Waiting | undefined;
  /** How the sign-in of the browser ends; undefined before it has answered. */
  #outcome: Promise<Outcome> | undefined;
  readonly #seen = Promise.withResolvers<void>();
  /** The newest sign-in page, by the path of the page that leads there. */
  readonly #newest = new Map<string, URL | undefined>();

  constructor(signIn: SignInFor) {
    this.#signIn = signIn;
  }

  wait(
    pending: PendingAuthorization,
    { redeem, insteadOf }: WaitOptions<T>,
  ): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const settle = async (response: AuthorizationResponse) => {
        try {
          resolve(await redeem(response));
          return "issued";
        } catch (error) {
          reject(error instanceof Error ? error : new Error(messageOf(error)));
          return "failed";
        }
      };
      this.#waiting = { pending: [pending], insteadOf, settle };
    });
  }

  add(pending: PendingAuthorization): void {
    this.#waiting?.pending.push(pending);
  }

  async answer(request: Request): Promise<Response> {
    const page = this.#page(request);
    if (page !== undefined) return await page;
    if (this.#waiting === undefined) return refusal(404);
    const { pending, insteadOf } = this.#waiting;
    const read = await readCallback(request, { host: this.#host, pending });
    if ("refused" in read) return refusal(read.refused);
    if (isTooOld(read)) {
      // The page leads to a sign-in for this stand. Nobody else may guess its path.
      const path = `${TOO_OLD_PATH}/${crypto.randomUUID()}`;
      this.#newest.set(path, await insteadOf(read.pending));
      return redirect(path);
    }
    // A second answer that came in while this one was being read is a stranger.
    const settle = this.#take();
    if (settle === undefined) return refusal(404);
    this.#outcome = settle(read);
    return redirect(DONE_PATH);
  }

  /** Waits a moment for the browser to ask for the page of the outcome. */
  async outcomeIsSeen(): Promise<void> {
    if (this.#outcome === undefined) return;
    await settledWithin(SEEN_MILLISECONDS, [this.#seen.promise]);
  }

  get #host(): string {
    return new URL(this.redirectUri).host;
  }

  /** Undefined when the request is for none of the pages that there are now. */
  #page(request: Request): Promise<Response> | undefined {
    const path = URL.parse(request.url)?.pathname ?? "";
    const outcome = path === DONE_PATH ? this.#outcome : undefined;
    if (outcome === undefined && !this.#newest.has(path)) return undefined;
    const expected = { host: this.#host, path, methods: ["GET"] };
    const refused = strayStatus(request, expected);
    if (refused !== undefined) return Promise.resolve(refusal(refused));
    return outcome !== undefined
      ? this.#outcomePage(outcome)
      : Promise.resolve(tooOldPage(this.#newest.get(path), this.#signIn));
  }

  /** The page is sent only when what it says is done. */
  async #outcomePage(outcome: Promise<Outcome>): Promise<Response> {
    const page = outcomePage(await outcome, this.#signIn);
    this.#seen.resolve();
    return page;
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
