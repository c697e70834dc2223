import { AppError } from "../../system/app_error.ts";
import {
  addressesOf,
  type Endpoint,
  endpointOf,
  type Tried,
  tryEach,
} from "../../system/dial.ts";
import { environmentProxies, type Route } from "../../system/proxies.ts";
import type { System } from "../../system/system.ts";
import type { Address } from "../../standcloud/address.ts";
import { type CheckItem, failed, ok, warning } from "./check_item.ts";

/** The way to the service, once it is known to lead there: else nothing more can be learnt. */
export interface Reached {
  route?: Route;
}

/** The way to the service: proxy, name and port. */
export async function* checkReach(
  { environment, interrupted }: System,
  address: Address,
  reached: Reached,
): AsyncGenerator<CheckItem> {
  const url = new URL(address.origin);
  let route: Route;
  try {
    route = await environmentProxies(environment).routeOf(url);
  } catch (error) {
    yield failed("proxy", error);
    return;
  }
  const { proxy, isExcepted } = route;
  yield ok(
    "proxy",
    proxy === undefined
      ? isExcepted ? "none: NO_PROXY names the address" : "none"
      : `${proxy.protocol}//${proxy.host}${
        proxy.username === "" ? "" : ", with a user and a password"
      }`,
  );
  if (yield* checkTarget(proxy ?? url, interrupted)) reached.route = route;
}

const TIMEOUT_MILLISECONDS = 5000;

/** Whether somebody listens at the service or its proxy. */
async function* checkTarget(
  target: URL,
  interrupted: AbortSignal,
): AsyncGenerator<CheckItem, boolean> {
  const { host, port } = endpointOf(target);
  let found: string[];
  try {
    found = await addressesOf(host, {
      signal: interrupted,
      timeoutMilliseconds: TIMEOUT_MILLISECONDS,
    });
  } catch {
    interrupted.throwIfAborted();
    yield failed(
      "dns",
      new AppError("unreachable", `${host} is unknown`, {
        hints: ["check the address for typing errors, and the DNS settings"],
      }),
    );
    return false;
  }
  const isNumber = found.includes(host);
  yield ok("dns", isNumber ? "not needed" : `${host} is ${found.join(", ")}`);
  const item = reachItem(
    { host, port },
    await tryEach(found, port, TIMEOUT_MILLISECONDS),
  );
  yield item;
  return item.state !== "failed";
}

function reachItem(
  { host, port }: Endpoint,
  tried: readonly Tried[],
): CheckItem {
  const missing = tried.filter(({ problem }) => problem !== undefined);
  const [first] = missing;
  const taken = `${host} takes connections on port ${port}`;
  if (first === undefined) return ok("tcp", taken);
  if (missing.length < tried.length) {
    return warning(
      "tcp",
      `${taken}, but not at ${
        missing.map(({ address, problem }) => `${address}: ${problem}`)
          .join(", ")
      }`,
      "the other addresses are used; tell the administrator of the service",
    );
  }
  return failed(
    "tcp",
    new AppError(
      "unreachable",
      `${host} takes no connection on port ${port}: ${first.problem}`,
      { hints: ["check the network, the firewall, and HTTPS_PROXY"] },
    ),
  );
}
