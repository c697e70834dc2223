import { AppError, type ErrorCode, messageOf } from "../../system/app_error.ts";
import { checkConnection } from "../../login/check_connection.ts";
import type { KeptLogin } from "../../login/keep_login.ts";
import { missingScope } from "../../standcloud/scope.ts";
import type { Login, OAuthLogin } from "../../tokens/login.ts";
import type { CommandInput } from "../command_input.ts";
import type { CheckEvent } from "../events/login_events.ts";
import type { Session } from "../../stand/stand.ts";
import {
  type LoginFlags,
  requireConsistent,
  takesApiKey,
  timeoutSeconds,
} from "../login_flags.ts";
import { noteShadowed } from "../shadowed_logins.ts";
import { signIn, signInWithApiKey } from "../sign_in.ts";

export async function scLogin(
  input: CommandInput<LoginFlags>,
  address: string | undefined,
): Promise<number> {
  requireConsistent(input.flags);
  const { from: path } = input.flags;
  if (path !== undefined) {
    const { takeOverFile } = await import("./take_over.ts");
    const kept = await takeOverFile(input, { path, address });
    say(input, kept);
    // Where StandCloud could not be asked, it cannot revoke anything either.
    if (kept.unasked === undefined) {
      const stand = await input.stand();
      const session = await stand.session(kept.login.address);
      await revokeReplaced(input, session, kept);
    }
    return 0;
  }
  const stand = await input.stand();
  const session = await stand.session(address);
  if (input.flags.check) return await check(input, session);
  await noteShadowed(input, session);
  if (input.flags.for !== undefined) return await logInOther(input, session);
  const isKey = takesApiKey(input.flags);
  const working = input.flags.force || isKey
    ? undefined
    : await workingLogin(input, session);
  if (working !== undefined) await sayAlready(input, session, working);
  else if (isKey) {
    const kept = await signInWithApiKey(input, session);
    say(input, kept, kept.already);
    await revokeReplaced(input, session, kept);
  } else await signInAlone(input, session);
  return 0;
}

/** One person signs in at a time; who waited for another takes over that login. */
async function signInAlone(
  input: CommandInput<LoginFlags>,
  session: Session,
): Promise<void> {
  const { system, output, flags } = input;
  const { address } = session.service;
  const start = system.clock.now();
  // Loaded here and not at the top: `--check` starts without it.
  const { takeLoginTurn } = await import("../../login/login_turn.ts");
  const turn = await takeLoginTurn(system, address, {
    timeoutSeconds: timeoutSeconds(flags),
    onWait: () =>
      output.note(
        `Another sc-login to ${address.text} is under way: waiting for it`,
      ),
  });
  await using _turn = turn;
  const theirs = turn.hasWaited
    ? await workingLogin(input, session)
    : undefined;
  const isNew = theirs !== undefined && theirs.obtainedAt >= start;
  if (isNew || (theirs && !flags.force)) {
    return await sayAlready(input, session, theirs);
  }
  const kept = await signIn(input, session);
  say(input, kept);
  await revokeReplaced(input, session, kept);
}

/** The new login works already: what goes wrong here does not end the command. */
async function revokeReplaced(
  { system, output }: CommandInput<LoginFlags>,
  { service }: Session,
  { replaced }: KeptLogin,
): Promise<void> {
  if (replaced === undefined) return;
  const { clock, interrupted: signal } = system;
  const { revokeLogin } = await import("../../login/revoke_login.ts");
  const problem = await revokeLogin(service, replaced, { clock, signal })
    .catch(messageOf);
  output.detail(
    problem === undefined
      ? "The tokens of the earlier login are revoked"
      : `The tokens of the earlier login could not be revoked: ${problem}`,
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
  const other = { ...session, store };
  const kept = takesApiKey(input.flags)
    ? await signInWithApiKey(input, other, true)
    : await signIn(input, other);
  say(input, kept);
  const { address } = kept.login;
  input.output.result(
    { event: "handed_over", address, recipient, output: path },
    [`Wrote ${path}; on that stand: standcloud sc-login --from FILE`],
  );
  return 0;
}

async function check(
  { system, output }: CommandInput<LoginFlags>,
  { service, bearer }: Session,
): Promise<number> {
  const { text: address } = service.address;
  const event = { event: "check", address } as const;
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
const STATES: Partial<Record<ErrorCode, CheckEvent["state"]>> = {
  "not_logged_in": "login_required",
  "login_unreadable": "login_required",
  "login_ended": "login_required",
  "login_refused": "login_required",
  "not_allowed": "not_allowed",
  unreachable: "unreachable",
  "certificate_refused": "unreachable",
  "tls_failed": "unreachable",
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
    if (!(error instanceof AppError) || error.kind !== "login") throw error;
    output.detail(error.message);
    return undefined;
  }
}

/** A login that works, and perhaps not for long. */
async function sayAlready(
  input: CommandInput<LoginFlags>,
  { service, store }: Session,
  login: Login,
): Promise<void> {
  say(input, { login }, true);
  if (login.flow === "api-key") return;
  try {
    await store.requireRoom(service.address);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    input.output.warn(
      `${error.message}; the login works until its token ends, and is not renewed`,
    );
  }
}

function say(
  { output }: CommandInput<LoginFlags>,
  { login, unasked }: KeptLogin,
  already = false,
): void {
  const expiresAt = login.flow === "api-key" ? undefined : login.expiresAt;
  if (login.flow !== "api-key") warnOfLess({ output }, login);
  output.result({
    event: "logged_in",
    address: login.address,
    flow: login.flow,
    "expires_at": expiresAt?.toISOString() ?? null,
    scope: login.flow === "api-key" ? null : login.scope,
    already,
    checked: unasked === undefined,
  }, [
    already
      ? `Already logged in to ${login.address} (--force logs in again)`
      : "Registration completed",
  ]);
  if (unasked === undefined) return;
  output.note(`note: the login is not tested yet: ${unasked}`);
  output.note(
    `hint: test it later: standcloud sc-login --check ${login.address}`,
  );
}

/** A login that can do less than was asked for. */
function warnOfLess(
  { output }: Pick<CommandInput<LoginFlags>, "output">,
  { address, scope, refreshToken }: OAuthLogin,
): void {
  const missing = missingScope(scope);
  if (missing.length > 0) {
    output.note(`warning: ${address} did not grant ${missing.join(" ")}`);
  }
  if (refreshToken === undefined) {
    output.note(
      "warning: there is no refresh token: the login cannot be renewed",
    );
  }
}
