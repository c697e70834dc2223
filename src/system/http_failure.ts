import type { TlsPeer } from "./tls_probe.ts";

/** Why there was no answer. */
export type HttpFailureReason =
  | "timeout"
  | "unknown_host"
  | "refused"
  | "certificate"
  | "certificate_unknown"
  | "certificate_of_authority"
  | "certificate_for_other"
  | "certificate_nameless"
  | "certificate_expired"
  | "certificate_from_future"
  | "certificate_unsound"
  /** The server wants one of this stand. */
  | "client_certificate"
  | "tls_too_old"
  | "not_tls"
  | "http2_only"
  | "proxy"
  | "connection";

/** What a server says in three ways. */
export const CLIENT_CERTIFICATE =
  "The server wants a certificate of this stand (a client certificate)";

export class HttpFailure extends Error {
  readonly reason: HttpFailureReason;
  /** Whose certificate was refused, as far as it could be seen. */
  readonly peer: TlsPeer | undefined;

  constructor(
    reason: HttpFailureReason,
    message: string,
    { cause, peer }: { cause?: unknown; peer?: TlsPeer | undefined } = {},
  ) {
    super(message, { cause });
    this.name = "HttpFailure";
    this.reason = reason;
    this.peer = peer;
  }
}
