import { setTimeout as delay } from "node:timers/promises";
import { invalidToken, redirectToSignIn } from "./access.ts";
import type {
  AfterwardsAction,
  FaultAction,
  InsteadAction,
} from "./fault_types.ts";
import { pageHeaders, signInPage } from "./pages.ts";
import { slowBytes, slowedRequest, waited } from "./slow_stream.ts";
import type { State } from "./state.ts";

/** `undefined`: no answer, the connection is dropped. */
export type Outcome = Response | undefined;

export interface Misbehaviour {
  readonly request: Request;
  readonly state: State;
  readonly closing: AbortSignal;
  /** Does what a sound service would do with the request. */
  readonly respond: (request: Request) => Promise<Response>;
  /** Ends the client's connection when the answer was sent. */
  readonly closeAfterwards: () => void;
}

/** Answers as the fault says; without one, as a sound service. */
export async function misbehave(
  action: FaultAction | undefined,
  context: Misbehaviour,
): Promise<Outcome> {
  const { request, closing, respond } = context;
  if (action === undefined) return await respond(request);
  switch (action.kind) {
    case "delay":
      return await waited(action.milliseconds, closing)
        ? await respond(request)
        : undefined;
    case "reset":
      return undefined;
    case "slow_read": {
      const { bytesPerSecond } = action;
      const pace = { bytesPerSecond, signal: closing };
      return await respond(slowedRequest(request, pace));
    }
    case "respond":
    case "too_many_requests":
    case "unauthorized":
    case "sign_in_page":
    case "redirect_to_sign_in":
      await request.arrayBuffer();
      return instead(action, context);
    default:
      return await afterwards(action, await respond(request), context);
  }
}

function instead(
  action: InsteadAction,
  { request, state }: Misbehaviour,
): Response {
  switch (action.kind) {
    case "respond": {
      const { status, headers = {}, body = null } = action;
      return new Response(body, { status, headers });
    }
    case "too_many_requests":
      return Response.json({ detail: "Too Many Requests" }, {
        status: 429,
        headers: { "retry-after": retryAfter(action) },
      });
    case "unauthorized":
      return invalidToken("The access token is unknown or was revoked.");
    case "sign_in_page":
      return new Response(signInPage({ action: "/auth/" }), {
        headers: pageHeaders,
      });
    case "redirect_to_sign_in":
      return redirectToSignIn(request, state, action.status);
  }
}

/** RFC 9110, section 10.2.3. */
function retryAfter(
  { retryAfterSeconds, asDate = false }: {
    retryAfterSeconds: number;
    asDate?: boolean;
  },
): string {
  if (!asDate) return String(retryAfterSeconds);
  return new Date(Date.now() + retryAfterSeconds * 1000).toUTCString();
}

async function afterwards(
  action: AfterwardsAction,
  answer: Response,
  { closing, closeAfterwards }: Misbehaviour,
): Promise<Outcome> {
  const bytes = new Uint8Array(await answer.arrayBuffer());
  const half = bytes.subarray(0, Math.ceil(bytes.length / 2));
  const { status, headers } = answer;
  // Without it a stream has no length, and the client no way to see that something is missing.
  const whole = new Headers(headers);
  whole.set("content-length", String(bytes.length));
  switch (action.kind) {
    case "commit_then_drop":
      return undefined;
    case "commit_then_delay":
      return await waited(action.milliseconds, closing)
        ? new Response(bytes, { status, headers })
        : undefined;
    case "break_answer":
      return new Response(broken(half), { status, headers: whole });
    case "truncate_answer":
      return new Response(half, { status: action.status ?? status, headers });
    case "slow_answer": {
      const { bytesPerSecond } = action;
      const body = slowBytes(bytes, { bytesPerSecond, signal: closing });
      return new Response(body, { status, headers: whole });
    }
    case "close_connection":
      if (action.announced) headers.set("connection", "close");
      else closeAfterwards();
      return new Response(bytes, { status, headers });
  }
}

/** Long enough for the headers to be sent on their own. */
const FLUSH_MILLISECONDS = 20;

function broken(bytes: Uint8Array): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async start(controller) {
      controller.enqueue(bytes);
      await delay(FLUSH_MILLISECONDS);
      controller.error(new Error("broken off"));
    },
  });
}
