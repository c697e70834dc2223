import { AppError } from "../../system/app_error.ts";
import type { System } from "../../system/system.ts";
import { discoverAuthorizationServer } from "../../standcloud/authorization_server.ts";
import { connectionError } from "../../standcloud/connection_error.ts";
import { checkHealth, healthProblem } from "../../standcloud/health.ts";
import type { Service } from "../../standcloud/service.ts";
import type { BearerSource } from "../../tokens/bearer.ts";
import { withBearer } from "../../tokens/with_bearer.ts";
import { type CheckItem, failed, ok, warning } from "./check_item.ts";

/** The sign-in service: its description, and whether it can be trusted with a login. */
export async function* checkSignIn(
  system: System,
  service: Service,
): AsyncGenerator<CheckItem> {
  const { address, http } = service;
  try {
    const document = `${address.issuer}/.well-known/openid-configuration`;
    const { status } = await http.send(document, {
      timeoutMilliseconds: 10_000,
      headers: { accept: "application/json" },
      signal: system.interrupted,
    }).catch((error) => {
      throw connectionError(address, error);
    });
    await discoverAuthorizationServer(service, system.interrupted);
    yield status === 404
      ? warning(
        "sign-in",
        `${address.issuer} does not describe itself; the usual paths are used`,
      )
      : ok("sign-in", address.issuer);
  } catch (error) {
    system.interrupted.throwIfAborted();
    yield failed("sign-in", error);
  }
}

/** The API, with the login of this stand. */
export async function* checkApi(
  system: System,
  service: Service,
  bearer: BearerSource,
): AsyncGenerator<CheckItem> {
  const { address } = service;
  try {
    const health = await withBearer(
      bearer,
      (token) => checkHealth(service, token, system.interrupted),
      ({ state }) => state === "login_required",
    );
    if (health.state !== "ok") {
      throw healthProblem(service, health, bearer.flow?.());
    }
    yield ok("api", `${address.apiBase} accepts the login`);
  } catch (error) {
    system.interrupted.throwIfAborted();
    // Without a login, or a key to open it, the API has not failed.
    const group = error instanceof AppError && error.kind !== "network"
      ? "logins"
      : "api";
    yield failed(group, error);
  }
}
