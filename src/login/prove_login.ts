import { AppError } from "../system/app_error.ts";
import type { System } from "../system/system.ts";
import {
  type AuthorizationServer,
  discoverAuthorizationServer,
} from "../standcloud/authorization_server.ts";
import {
  checkHealth,
  type Health,
  healthProblem,
} from "../standcloud/health.ts";
import type { Service } from "../standcloud/service.ts";
import { type Login, loginFrom } from "../tokens/login.ts";

/** What a first health check has shown of a new login, which it may have renewed. */
export type Proof =
  | { readonly kind: "works"; readonly login: Login }
  /** StandCloud could not be asked: nothing is known. */
  | {
    readonly kind: "unasked";
    readonly login: Login;
    readonly reason: string;
  }
  | {
    readonly kind: "refused";
    readonly login: Login;
    readonly error: AppError;
  };

export interface ProofOptions {
  readonly system: Pick<System, "clock" | "interrupted">;
  /** Where it is known already. */
  readonly server?: AuthorizationServer;
}

/**
 * Tests a new login before it is kept. Authelia 4.39 gives the tokens of a
 * device code no audience, and the API refuses them; some of its versions make
 * up for that at the first renewal. So a login that is refused is renewed once.
 */
export async function proveLogin(
  service: Service,
  given: Login,
  options: ProofOptions,
): Promise<Proof> {
  const first = await check(service, given, options);
  const isRefused = "health" in first &&
    first.health.state === "login_required";
  if (!isRefused) return proofOf(service, given, first);
  const login = await renewed(service, given, options);
  return login === undefined
    ? proofOf(service, given, first)
    : proofOf(service, login, await check(service, login, options));
}

type Checked = { readonly health: Health } | { readonly error: AppError };

async function check(
  service: Service,
  login: Login,
  { system: { interrupted } }: ProofOptions,
): Promise<Checked> {
  const token = login.flow === "api-key" ? login.apiKey : login.accessToken;
  try {
    return { health: await checkHealth(service, token, interrupted) };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { error };
  }
}

function proofOf(service: Service, login: Login, checked: Checked): Proof {
  if ("health" in checked && checked.health.state === "ok") {
    return { kind: "works", login };
  }
  const error = "error" in checked
    ? checked.error
    : checked.health.state === "login_required"
    ? refusal(service, login, checked.health)
    : healthProblem(service, checked.health);
  // Ctrl-C takes no login away that the person has just signed in for.
  return error.code === "unreachable" || error.exitCode > 128
    ? { kind: "unasked", login, reason: error.message }
    : { kind: "refused", login, error };
}

/** Undefined when there is none to be had: then the first answer counts. */
async function renewed(
  service: Service,
  login: Login,
  { system, server }: ProofOptions,
): Promise<Login | undefined> {
  if (login.flow === "api-key" || login.refreshToken === undefined) {
    return undefined;
  }
  try {
    const asked = server ??
      await discoverAuthorizationServer(service, system.interrupted);
    const tokens = await asked.refresh(login.refreshToken);
    return loginFrom(tokens, login, system.clock.now());
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return undefined;
  }
}

/** The sign-in service has given a login that the API refuses. */
function refusal(
  service: Service,
  { flow }: Login,
  health: Health,
): AppError {
  const { text } = service.address;
  const { hints } = healthProblem(service, health);
  const why = flow === "device"
    ? ": its device codes give no access to the API"
    : "";
  return new AppError(
    "login_refused",
    `${text} refuses the new login (HTTP ${health.status})${why}`,
    {
      hints: [
        // A wrong clock of this computer, which comes before the way to log in.
        ...hints.slice(0, -1),
        ...(flow === "device"
          ? [`run: standcloud sc-login ${text} --flow browser`]
          : []),
        flow === "api-key"
          ? "make a new API key in StandCloud's settings"
          : `use an API key: standcloud sc-login ${text} --flow api-key`,
      ],
      httpStatus: health.status,
    },
  );
}
