import { type FakeService, startFakeService } from "./fake_service.ts";
import {
  type InProcessRun,
  type ProgramOptions,
  startProgram,
} from "./run_program.ts";
import { authorizationUrl } from "./running_program.ts";
import { TemporaryFolder } from "./temporary_folder.ts";

/** A browser login that waits for its authorization response. */
export interface WaitingLogin {
  readonly program: InProcessRun;
  readonly redirectUri: string;
  /** The response that ends it well. */
  readonly response: Readonly<Record<"code" | "state" | "iss", string>>;
  /** Goes to the redirect URI with these parameters. */
  call(parameters: Record<string, string>): Promise<CallbackAnswer>;
}

/** What the loopback server answered. */
export interface CallbackAnswer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** Starts `sc-login --no-browser` on a fake service. */
export async function startWaitingLogin(
  service: FakeService,
  options: ProgramOptions & { flags?: readonly string[] },
): Promise<WaitingLogin> {
  const { flags = [] } = options;
  const args = ["sc-login", service.address, "--no-browser", ...flags];
  const program = startProgram(args, options);
  await authorizationUrl(program);
  const pushed = service.forms("pushed-authorization-request").at(-1);
  const redirectUri = pushed?.get("redirect_uri") ?? "";
  return {
    program,
    redirectUri,
    response: {
      code: "the-code",
      state: pushed?.get("state") ?? "",
      iss: service.issuer,
    },
    call: (parameters) =>
      visit(`${redirectUri}?${new URLSearchParams(parameters)}`),
  };
}

export interface Surroundings {
  readonly service: FakeService;
  /** `STANDCLOUD_HOME` */
  readonly folder: TemporaryFolder;
}

/** Runs a test with a login that waits, and everything around it. */
export async function withWaitingLogin(
  test: (login: WaitingLogin, around: Surroundings) => Promise<void>,
  options: {
    flags?: readonly string[];
    /** What the service says of itself besides the usual. */
    metadata?: Record<string, unknown>;
  } = {},
): Promise<void> {
  await using service = startFakeService();
  const metadata = { ...service.metadata, ...options.metadata };
  service.answers["openid-configuration"] = () => Response.json(metadata);
  await using folder = await TemporaryFolder.make();
  const { flags = [] } = options;
  const login = await startWaitingLogin(service, { home: folder.path, flags });
  await test(login, { service, folder });
}

/** Requests a page of the loopback server and goes where it leads, as a browser would. */
export async function visit(
  url: string,
  init: RequestInit = {},
): Promise<CallbackAnswer> {
  const answer = await fetch(url, init);
  const { date: _, ...headers } = Object.fromEntries(answer.headers);
  return { status: answer.status, headers, body: await answer.text() };
}

/** Whether anybody listens at a port of 127.0.0.1. */
export async function isListening(url: string): Promise<boolean> {
  const port = Number(new URL(url).port);
  try {
    using _connection = await Deno.connect({ hostname: "127.0.0.1", port });
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.ConnectionRefused) return false;
    throw error;
  }
}

/** Sends a request as it stands and gives the status of the answer; `fetch` would mend it. */
export async function rawStatus(url: string, request: string): Promise<number> {
  const port = Number(new URL(url).port);
  using connection = await Deno.connect({ hostname: "127.0.0.1", port });
  await connection.write(new TextEncoder().encode(request));
  const bytes = new Uint8Array(1024);
  const length = await connection.read(bytes) ?? 0;
  const text = new TextDecoder().decode(bytes.subarray(0, length));
  return Number(/^HTTP\/1\.1 (\d{3}) /.exec(text)?.[1]);
}
