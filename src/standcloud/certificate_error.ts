import { AppError } from "../system/app_error.ts";
import type { HttpFailure, HttpFailureReason } from "../system/http_failure.ts";
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
    `${message}${details(failure)}`,
    { cause: failure, hints: [HINTS[failure.reason] ?? giveAuthority(peer)] },
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

function details({ reason, peer }: HttpFailure): string {
  switch (peer && reason) {
    case "certificate_for_other":
      return ` (it is for ${peer?.names.join(", ")})`;
    case "certificate_expired":
    case "certificate_from_future":
      return ` (it is good from ${dayOf(peer?.validFrom)} to ${
        dayOf(peer?.validTo)
      })`;
    case "certificate_unknown":
      return ` ("${peer?.issuer}")`;
    default:
      return "";
  }
}

const NEW_PERIOD =
  "check the clock of this stand; else the service needs a new certificate";

const HINTS: Partial<Record<HttpFailureReason, string>> = {
  "certificate_for_other": NOT_THEIRS,
  "certificate_nameless":
    "the service needs a certificate made with: -addext subjectAltName=DNS:NAME (or IP:ADDRESS)",
  "certificate_expired": NEW_PERIOD,
  "certificate_from_future": NEW_PERIOD,
  // As `openssl req -x509` makes it, unless it is told otherwise.
  "certificate_of_authority":
    "the service needs a certificate made with: openssl req -x509 … -addext basicConstraints=critical,CA:FALSE; then give that one with --ca-file PATH",
  "certificate_unsound":
    "the service needs a certificate for servers: RSA of 2048 bits or more, or ECDSA, signed with SHA-256",
};

function giveAuthority(peer: TlsPeer | undefined): string {
  if (peer === undefined) return behind("its certificate");
  // A certificate without an authority is given itself.
  return peer.subject === peer.issuer
    ? behind(`the server's own certificate ("${peer.issuer}")`)
    : behind(`the certificate of "${peer.issuer}"`);
}

function behind(whose: string): string {
  return `behind a proxy or a private authority, give ${whose}: --ca-file PATH`;
}

function dayOf(date: Date | undefined): string {
  return date === undefined || Number.isNaN(date.getTime())
    ? "?"
    : date.toISOString().slice(0, 10);
}
