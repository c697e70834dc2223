import { probeTls, type TlsPeer } from "../../system/tls_probe.ts";
import type { Route } from "../../system/proxies.ts";
import { clockText, isClockWrong } from "../../standcloud/clock_offset.ts";
import { connectionError } from "../../standcloud/connection_error.ts";
import type { Service } from "../../standcloud/service.ts";
import { type CheckItem, failed, ok, warning } from "./check_item.ts";

const DAY_MILLISECONDS = 24 * 3600 * 1000;
/** A certificate that ends sooner should have been renewed by now. */
const SOON_DAYS = 14;

/** The certificate, whether it is trusted, and the clock beside the server's. */
export async function* checkTls(
  service: Service,
  { proxy }: Route,
): AsyncGenerator<CheckItem> {
  const { address, http } = service;
  if (address.origin.startsWith("http:")) return;
  const peer = await probeTls(new URL(address.origin), proxy);
  try {
    await http.send(address.origin, { timeoutMilliseconds: 10_000 });
    yield peer === undefined ? ok("tls", "trusted") : certificateItem(peer);
  } catch (error) {
    yield failed("tls", connectionError(address, error));
  }
  if (peer !== undefined) yield* clockItems(peer);
}

function certificateItem(peer: TlsPeer): CheckItem {
  const { names, issuer, validTo, seenAt } = peer;
  const days = Math.floor(
    (validTo.getTime() - seenAt.getTime()) / DAY_MILLISECONDS,
  );
  const message = `trusted: for ${
    names.join(", ")
  }, signed by "${issuer}", until ${validTo.toISOString().slice(0, 10)}`;
  return days < SOON_DAYS
    ? warning(
      "tls",
      `${message} (${days} days left)`,
      "tell the administrator of the service",
    )
    : ok("tls", message);
}

function* clockItems(
  { clockAheadMilliseconds: ahead }: TlsPeer,
): Generator<CheckItem> {
  if (ahead === undefined) return;
  const hint = "set the clock of this stand";
  if (isClockWrong(ahead)) yield warning("clock", clockText(ahead), hint);
  else yield ok("clock", "within 5 minutes of the server's");
}
