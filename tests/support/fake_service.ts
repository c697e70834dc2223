/** What a fake service answers to one kind of request. */
export type Answer = (form: URLSearchParams) => Response | Promise<Response>;

/** The requests that a service knows, by the last part of their path. */
export type RequestName =
  | "openid-configuration"
  | "pushed-authorization-request"
  | "device-authorization"
  | "token"
  | "revocation"
  | "healthcheck"
  | "test_report";

export interface ReceivedRequest {
  readonly name: string;
  readonly form: URLSearchParams;
}

/**
 * A StandCloud over plain HTTP that does as it is told, for what no honest
 * server would do. There are no pages: a test makes the authorization response.
 */
export interface FakeService extends AsyncDisposable {
  /** `http://127.0.0.1:PORT` */
  readonly address: string;
  readonly issuer: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  /** Replace any of them at any time. */
  readonly answers: Record<RequestName, Answer>;
  readonly received: ReceivedRequest[];
  /** The forms that came with one kind of request. */
  forms(name: RequestName): URLSearchParams[];
}

export function startFakeService(): FakeService {
  const received: ReceivedRequest[] = [];
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    async (request) => {
      const name = new URL(request.url).pathname.split("/").at(-1) ?? "";
      const form = new URLSearchParams(await request.text());
      received.push({ name, form });
      const answer = answers[name as RequestName];
      return await answer?.(form) ?? new Response(null, { status: 404 });
    },
  );
  const address = `http://127.0.0.1:${server.addr.port}`;
  const issuer = `${address}/auth`;
  const metadata = metadataOf(issuer);
  const answers = honestAnswers(metadata);
  return {
    address,
    issuer,
    metadata,
    answers,
    received,
    forms: (name) =>
      received.filter((one) => one.name === name).map(({ form }) => form),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

/** A body whose connection breaks off behind the text. */
export function breakingOff(text: string): ReadableStream<Uint8Array> {
  let sent = false;
  return new ReadableStream({
    async pull(controller) {
      if (sent) {
        // The text must be on its way: else there is no answer at all.
        await new Promise((resolve) => setTimeout(resolve, 20));
        return controller.error(new Error("broken off"));
      }
      sent = true;
      controller.enqueue(new TextEncoder().encode(text));
    },
  });
}

function metadataOf(issuer: string): Record<string, unknown> {
  const endpoint = (name: string) => `${issuer}/api/oidc/${name}`;
  return {
    issuer,
    "authorization_endpoint": endpoint("authorization"),
    "token_endpoint": endpoint("token"),
    "pushed_authorization_request_endpoint": endpoint(
      "pushed-authorization-request",
    ),
    "revocation_endpoint": endpoint("revocation"),
    "response_types_supported": ["code"],
    "authorization_response_iss_parameter_supported": true,
  };
}

function honestAnswers(
  metadata: Record<string, unknown>,
): Record<RequestName, Answer> {
  let issued = 0;
  return {
    "openid-configuration": () => Response.json(metadata),
    "pushed-authorization-request": () =>
      Response.json({
        "request_uri": "urn:ietf:params:oauth:request_uri:fake",
        "expires_in": 300,
      }, { status: 201 }),
    "token": () => {
      issued++;
      return Response.json({
        "access_token": `access-${issued}`,
        "refresh_token": `refresh-${issued}`,
        "token_type": "bearer",
        "expires_in": 3600,
        "scope": "offline_access authelia.bearer.authz",
      });
    },
    "device-authorization": () => new Response(null, { status: 404 }),
    "revocation": () => new Response(null, { status: 200 }),
    "healthcheck": () => Response.json({}),
    "test_report": () =>
      Response.json({ "test_run_id": "fake-run" }, { status: 201 }),
  };
}
