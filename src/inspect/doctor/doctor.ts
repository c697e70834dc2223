import type { System } from "../../system/system.ts";
import type { Service } from "../../standcloud/service.ts";
import type { BearerSource } from "../../tokens/bearer.ts";
import type { KeySource } from "../../tokens/key_source.ts";
import { checkBrowser } from "./browser_check.ts";
import type { CheckItem } from "./check_item.ts";
import { checkFiles } from "./files_check.ts";
import { checkKey } from "./key_check.ts";
import { checkLogins, type StandParts } from "./logins_check.ts";
import { checkReach, type Reached } from "./reach_check.ts";
import { checkApi, checkSignIn } from "./service_check.ts";
import { checkTls } from "./tls_check.ts";

/** Looks at everything that a login needs on this stand; works without a network. */
export async function* examineStand(
  system: System,
  { store, keys, keyInUse }: StandParts & { keys: KeySource },
): AsyncGenerator<CheckItem> {
  yield* checkFiles(system);
  yield* checkKey(keys);
  yield* checkLogins(system, { store, keys, keyInUse });
  yield* checkBrowser(system);
}

/** Looks at the way to the service, and at the service; stops where nothing more can be learnt. */
export async function* examineService(
  system: System,
  { service, bearer }: { service: Service; bearer?: BearerSource },
): AsyncGenerator<CheckItem> {
  const { address } = service;
  const reached: Reached = {};
  yield* checkReach(system, address, reached);
  if (reached.route === undefined) return;
  let isTrusted = true;
  for await (const item of checkTls(service, reached.route)) {
    isTrusted &&= item.state !== "failed";
    yield item;
  }
  if (!isTrusted) return;
  yield* checkSignIn(system, service);
  if (bearer !== undefined) yield* checkApi(system, service, bearer);
}
