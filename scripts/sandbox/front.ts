import { setTimeout as delay } from "node:timers/promises";
import { bearerToken } from "./access.ts";
import { FaultQueue } from "./faults.ts";
import type { State } from "./state.ts";
import type { FaultAction } from "./types.ts";

/** Answers a request, as if nothing were wrong. */
export type Responder = (request: Request, path: string) => Promise<Response>;

/** `undefined`: no answer, the connection is dropped. */
type Outcome = Response | undefined;

/** Puts the faults and the log of requests before the responder. */
export function createFront(
  state: State,
  { respond, closing }: { respond: Responder; closing: AbortSignal },
): (request: Request) => Promise<Response> {
  const faults = new FaultQueue(state.faults);
  return async (request) => {
    const path = new URL(request.url).pathname;
    const action = faults.take(request.method, path);
    const outcome = await misbehave(action, {
      request,
      closing,
      respond: () => respond(request, path),
    }).catch((error) => {
      if (closing.aborted) return undefined;
      throw error;
    });
    state.addRequest({
      method: request.method,
      path,
      // HTTP/2 has `:authority` in place of the header (RFC 9113, section 8.3.1).
      httpVersion: request.headers.has("host") ? "1.1" : "2",
      status: outcome?.status ?? 0,
      bearer: bearerToken(request.headers) !== undefined,
    });
    return outcome ?? dropConnection();
  };
}

async function misbehave(
  action: FaultAction | undefined,
  context: {
    request: Request;
    closing: AbortSignal;
    respond: () => Promise<Response>;
  },
): Promise<Outcome> {
  const { request, closing, respond } = context;
  switch (action?.kind) {
    case undefined:
      return await respond();
    case "respond":
      await request.arrayBuffer();
      return new Response(action.body ?? null, {
        status: action.status,
        headers: action.headers ?? {},
      });
    case "delay":
      return await waited(action.milliseconds, closing)
        ? await respond()
        : undefined;
    case "reset":
      return undefined;
    case "commit_then_drop": {
      const answer = await respond();
      await answer.body?.cancel();
      return undefined;
    }
  }
}

/** False when the sandbox ended before the time was over. */
function waited(milliseconds: number, closing: AbortSignal): Promise<boolean> {
  return delay(milliseconds, true, { signal: closing }).catch(() => false);
}

/** `Deno.serve` sends nothing at all when the body fails at once, and ends the connection. */
function dropConnection(): Response {
  return new Response(
    new ReadableStream({
      pull: (controller) => controller.error(new Error("dropped")),
    }),
  );
}
