import { bearerToken } from "./access.ts";
import { answerControl } from "./control.ts";
import { FaultQueue } from "./faults.ts";
import type { Gate } from "./gate.ts";
import { misbehave } from "./misbehave.ts";
import type { State } from "./state.ts";

/** Answers a request, as if nothing were wrong. */
export type Responder = (request: Request, path: string) => Promise<Response>;

export type Front = (
  request: Request,
  info: Deno.ServeHandlerInfo<Deno.NetAddr>,
) => Promise<Response>;

/** Puts the control endpoint, the faults and the log of requests before the responder. */
export function createFront(
  state: State,
  { respond, closing, gate }: {
    respond: Responder;
    closing: AbortSignal;
    gate: Gate;
  },
): Front {
  const faults = new FaultQueue(state.faults);
  return async (request, info) => {
    const path = new URL(request.url).pathname;
    const controlled = await answerControl(request, path, state);
    if (controlled) return controlled;
    const action = faults.take(request.method, path);
    const outcome = await misbehave(action, {
      request,
      state,
      closing,
      respond: (request) => respond(request, path),
      closeAfterwards: () => {
        const connection = gate.connectionFrom(info.remoteAddr.port);
        info.completed.then(() => connection?.closeWhenIdle()).catch(() => {});
      },
    }).catch((error) => {
      // The sandbox ends, or the client has gone away.
      if (closing.aborted || error instanceof Deno.errors.Http) {
        return undefined;
      }
      throw error;
    });
    state.addRequest({
      method: request.method,
      path,
      // HTTP/2 has `:authority` in place of the header (RFC 9113, section 8.3.1).
      httpVersion: request.headers.has("host") ? "1.1" : "2",
      status: outcome?.status ?? 0,
      bearer: bearerToken(request.headers) !== undefined,
      ...action && { fault: action.kind },
    });
    return outcome ?? dropConnection();
  };
}

/** `Deno.serve` sends nothing at all when the body fails at once, and ends the connection. */
function dropConnection(): Response {
  return new Response(
    new ReadableStream({
      pull: (controller) => controller.error(new Error("dropped")),
    }),
  );
}
