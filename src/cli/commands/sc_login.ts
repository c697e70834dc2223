import { AppError, type ErrorCode } from "../../system/app_error.ts";
import { checkConnection } from "../../login/check_connection.ts";
import type { Login } from "../../tokens/login.ts";
import type { CommonFlags } from "../flags.ts";
import { type CommandInput, openSession, type Session } from "../session.ts";

export interface LoginFlags extends CommonFlags {
  readonly check?: boolean;
  readonly noBrowser?: boolean;
  readonly port?: readonly number[];
  readonly timeout?: number;
  readonly apiKeyFile?: string;
  readonly force?: boolean;
  readonly for?: string;
  readonly output?: string;
  readonly from?: string;
}

const DEFAULT_TIMEOUT_SECONDS = 300;

export async function scLogin(
  input: CommandInput<LoginFlags>,
  address: string | undefined,
): Promise<number> {
  requireConsistent(input.flags);
  const { from: path } = input.flags;
  if (path !== undefined) {
    const { takeOverFile } = await import("./take_over.ts");
    say(input, await takeOverFile(input, { path, address }), false);
    return 0;
  }
  using session = await openSession(input, address);
  if (input.flags.check) return await check(input, session);
  if (input.flags.for !== undefined) return await logInOther(input, session);
  if (input.system.environment.secret("STANDCLOUD_API_KEY") !== undefined) {
    input.output.note(
      "note: STANDCLOUD_API_KEY is set and is used instead of the stored login",
    );
  }
  if (!input.flags.force && input.flags.apiKeyFile === undefined) {
    const working = await workingLogin(input, session);
    if (working !== undefined) {
      say(input, working, true);
      return 0;
    }
  }
  say(input, await logIn(input, session), false);
  return 0;
}

function requireConsistent(flags: LoginFlags): void {
  const { check, for: recipient, output, from, apiKeyFile } = flags;
  const given = [recipient, from, check || undefined]
    .filter((flag) => flag !== undefined);
  const isWhole = (recipient === undefined) === (output === undefined);
  if (given.length < 2 && isWhole && !(from && apiKeyFile)) return;
  throw new AppError(
    "usage",
    isWhole
      ? "--for, --from, --check and --api-key-file do not go together"
      : "--for RECIPIENT and --output FILE belong together",
    { hints: ["standcloud sc-login --help shows the flags"] },
  );
}

/** Logs another stand in; nothing is kept here. */
async function logInOther(
  input: CommandInput<LoginFlags>,
  session: Session,
): Promise<number> {
  const { for: recipient = "", output: path = "" } = input.flags;
  const { handOver } = await import("../../tokens/hand_over.ts");
  const store = await handOver(input.system, { recipient, path });
  await using _store = store;
  const login = await logIn(input, { ...session, store });
  say(input, login, false);
  const event = { event: "handed_over", address: login.address };
  input.output.result(
    { ...event, recipient, output: path },
    [`Wrote ${path}; on that stand: standcloud sc-login --from FILE`],
  );
  return 0;
}

async function check(
  { system, output }: CommandInput<LoginFlags>,
  { service, bearer }: Session,
): Promise<number> {
  const { text: address } = service.address;
  const event = { event: "check", address };
  try {
    const status = await checkConnection(service, bearer, system.interrupted);
    output.result(
      { ...event, connected: true, state: "ok", "http_status": status },
      ["StandCloud connection success"],
    );
    return 0;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const state = STATES[error.code];
    if (state === undefined) throw error;
    output.result(
      {
        ...event,
        connected: false,
        state,
        "http_status": error.httpStatus ?? null,
      },
      ["StandCloud connection failed"],
      false,
    );
    throw error;
  }
}

/** The `state` of a failed check; other errors are not about the connection. */
const STATES: Partial<Record<ErrorCode, string>> = {
  "not_logged_in": "login_required",
  "login_unreadable": "login_required",
  "login_ended": "login_required",
  "login_refused": "login_required",
  unreachable: "unreachable",
  "certificate_refused": "unreachable",
  "clock_wrong": "clock_wrong",
  "not_standcloud": "not_standcloud",
};

/** The stored login, renewed, when StandCloud still accepts it. */
async function workingLogin(
  { system, output }: CommandInput<LoginFlags>,
  { service, store, storedBearer }: Session,
): Promise<Login | undefined> {
  try {
    if (await store.load(service.address) === undefined) return undefined;
    await checkConnection(service, storedBearer, system.interrupted);
    return await store.load(service.address);
  } catch (error) {
    if (!(error instanceof AppError) || error.exitCode !== 3) throw error;
    output.detail(error.message);
    return undefined;
  }
}

async function logIn(
  { system, output, flags }: CommandInput<LoginFlags>,
  { service, store }: Session,
): Promise<Login> {
  // Loaded here and not at the top: `--check` starts without them.
  if (flags.apiKeyFile !== undefined) {
    const { logInWithApiKey } = await import("../../login/api_key_login.ts");
    return await logInWithApiKey(system, service, {
      path: flags.apiKeyFile,
      store,
    });
  }
  const { logInWithBrowser } = await import("../../login/browser_login.ts");
  return await logInWithBrowser(system, service, {
    store,
    ports: flags.port ?? [0],
    timeoutSeconds: flags.timeout ?? DEFAULT_TIMEOUT_SECONDS,
    openBrowser: !flags.noBrowser,
    onPending: ({ url, redirectUri, expiresIn }) =>
      output.prompt({
        event: "authorization_url",
        url: url.href,
        "redirect_uri": redirectUri,
        "expires_in": expiresIn,
      }, [
        "Open this page in a browser on this computer, sign in and press Accept:",
        "",
        `  ${url.href}`,
        "",
      ]),
    onNoBrowser: () =>
      output.note("No browser could be started here: open the page yourself."),
  });
}

function say(
  { output }: CommandInput<LoginFlags>,
  login: Login,
  already: boolean,
): void {
  const expiresAt = login.flow === "api-key" ? undefined : login.expiresAt;
  output.result({
    event: "logged_in",
    address: login.address,
    flow: login.flow,
    "expires_at": expiresAt?.toISOString() ?? null,
    scope: login.flow === "api-key" ? null : login.scope,
    already,
  }, [
    already
      ? `Already logged in to ${login.address} (--force logs in again)`
      : "Registration completed",
  ]);
}
