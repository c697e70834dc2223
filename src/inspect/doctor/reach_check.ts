import { AppError, messageOf } from "../../system/app_error.ts";
import { addressesOf, connectOnce } from "../../system/network_probe.ts";
import { environmentProxies, type Route } from "../../system/proxies.ts";
import type { System } from "../../system/system.ts";
import type { Address } from "../../standcloud/address.ts";
import { type CheckItem, failed, ok } from "./check_item.ts";

/** The way to the service, once it is known to lead there: else nothing more can be learnt. */
export interface Reached {
  route?: Route;
}

/** The way to the service: proxy, name and port. */
export async function* checkReach(
  { environment }: System,
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
  if (yield* checkTarget(proxy ?? url)) reached.route = route;
}

/** Whether somebody listens at the service or its proxy. */
async function* checkTarget(target: URL): AsyncGenerator<CheckItem, boolean> {
  const host = target.hostname.replace(/^\[|\]$/g, "");
  const port = Number(target.port) || (target.protocol === "http:" ? 80 : 443);
  try {
    const found = await addressesOf(host);
    const isNumber = found.includes(host);
    yield ok(
      "dns",
      isNumber ? "not needed" : `${host} is ${found.join(", ")}`,
    );
  } catch {
    yield failed(
      "dns",
      new AppError("unreachable", `${host} is unknown`, {
        hints: ["check the address for typing errors, and the DNS settings"],
      }),
    );
    return false;
  }
  try {
    await connectOnce(host, port);
    yield ok("tcp", `${host} takes connections on port ${port}`);
    return true;
  } catch (error) {
    yield failed(
      "tcp",
      new AppError(
        "unreachable",
        `${host} takes no connection on port ${port}: ${messageOf(error)}`,
        { hints: ["check the network, the firewall, and HTTPS_PROXY"] },
      ),
    );
    return false;
  }
}
