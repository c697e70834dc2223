import { type IncomingMessage, request as httpRequest } from "node:http";
import { text } from "node:stream/consumers";

/**
 * Sends a request on to a plain HTTP server on loopback, as if it had come there over TLS.
 *
 * Not with `fetch`: it obeys HTTP_PROXY, and sends headers and body in two packets 40 ms apart.
 */
export async function forward(
  request: Request,
  { port, body }: { port: number; body: string },
): Promise<Response> {
  const url = new URL(request.url);
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  httpRequest({
    host: "127.0.0.1",
    port,
    method: request.method,
    path: url.pathname + url.search,
    headers: forwardedHeaders(request.headers, { host: url.host, body }),
    agent: false,
  }, resolve).on("error", reject).end(body);
  return await toResponse(await promise);
}

function forwardedHeaders(
  original: Headers,
  { host, body }: { host: string; body: string },
): Record<string, string> {
  const length = String(new TextEncoder().encode(body).byteLength);
  return {
    ...Object.fromEntries(original),
    // The server in front compresses; two times would be one too many.
    "accept-encoding": "identity",
    host,
    "content-length": length,
    "x-forwarded-proto": "https",
    connection: "close",
  };
}

async function toResponse(incoming: IncomingMessage): Promise<Response> {
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    for (const one of [value ?? []].flat()) headers.append(name, one);
  }
  headers.delete("connection");
  headers.delete("keep-alive");
  headers.delete("transfer-encoding");
  const status = incoming.statusCode ?? 502;
  const body = await text(incoming);
  const bodyless = status === 204 || status === 304;
  return new Response(bodyless ? null : body, { status, headers });
}
