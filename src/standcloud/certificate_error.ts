import { AppError } from "../system/app_error.ts";
import type { HttpFailure } from "../system/http_failure.ts";
import type { TlsPeer } from "../system/tls_probe.ts";
import type { Address } from "./address.ts";
import { clockText, isClockWrong } from "./clock_offset.ts";

/** What helps where somebody else has answered. */
export const NOT_THEIRS =
  "check the address; a proxy, or the sign-in page of the network, may have answered in its place";

/** A certificate that was refused: whose it is, and whether the clock is to blame. */
export function certificateError(
  address: Address,
  failure: HttpFailure,
): AppError {
  const { peer } = failure;
  const what = failure.message.charAt(0).toLowerCase() +
    failure.message.slice(1);
  const message = `Cannot trust ${address.text}: ${what}`;
  const ahead = peer?.clockAheadMilliseconds;
  if (isClockToBlame(failure, peer)) {
    return new AppError(
      "clock_wrong",
      ahead === undefined ? message : `${message}; ${clockText(ahead)}`,
      { cause: failure, hints: ["set the clock of this stand"] },
    );
  }
  return new AppError(
    "certificate_refused",
    peer === undefined ? message : `${message} (${details(what, peer)})`,
    { cause: failure, hints: hints(what, peer) },
  );
}

/** Whether the certificate is good at the time that the server's clock shows. */
function isClockToBlame(
  { reason }: HttpFailure,
  peer: TlsPeer | undefined,
): boolean {
  const ahead = peer?.clockAheadMilliseconds;
  if (peer === undefined || ahead === undefined) {
    return reason === "certificate_from_future";
  }
  const { validFrom, validTo } = peer;
  const now = peer.seenAt.getTime();
  const isGood = (time: number) =>
    validFrom.getTime() <= time && time <= validTo.getTime();
  return isClockWrong(ahead) && !isGood(now) && isGood(now - ahead);
}

function details(what: string, peer: TlsPeer): string {
  const { issuer, names, validFrom, validTo } = peer;
  if (what.includes("name")) {
    return names.length === 0
      ? "it has no subjectAltName"
      : `it is for ${names.join(", ")}`;
  }
  return what.includes("authority")
    ? `"${issuer}"`
    : `it is good from ${dayOf(validFrom)} to ${dayOf(validTo)}`;
}

/** As `openssl req -x509` makes it, unless it is told otherwise. */
const NO_AUTHORITY =
  "the service needs a certificate made with: openssl req -x509 … -addext basicConstraints=critical,CA:FALSE; then give that one with --ca-file PATH";

const NAME_MISSING =
  "the service needs a certificate made with: -addext subjectAltName=DNS:NAME (or IP:ADDRESS)";

function hints(what: string, peer: TlsPeer | undefined): string[] {
  if (what.includes("name")) {
    return peer?.names.length === 0 ? [NAME_MISSING] : [NOT_THEIRS];
  }
  if (what.includes("CA:TRUE")) return [NO_AUTHORITY];
  if (what.includes("expired") || what.includes("not valid yet")) {
    return [
      "check the clock of this stand; else the service needs a new certificate",
    ];
  }
  const whose = peer === undefined
    ? "its certificate"
    : `the certificate of "${peer.issuer}"`;
  return [
    `behind a proxy or a private authority, give ${whose}: --ca-file PATH`,
  ];
}

function dayOf(date: Date): string {
  return Number.isNaN(date.getTime()) ? "?" : date.toISOString().slice(0, 10);
}
