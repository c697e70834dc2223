import type { TlsPeer } from "./tls_probe.ts";

/** Why there was no answer. */
export type HttpFailureReason =
  | "timeout"
  | "unknown_host"
  | "refused"
  | "certificate"
  | "certificate_from_future"
  | "proxy"
  | "connection";

export class HttpFailure extends Error {
  readonly reason: HttpFailureReason;
  /** Whose certificate was refused, as far as it could be seen. */
  readonly peer: TlsPeer | undefined;

  constructor(
    reason: HttpFailureReason,
    message: string,
    { cause, peer }: { cause?: unknown; peer?: TlsPeer } = {},
  ) {
    super(message, { cause });
    this.name = "HttpFailure";
    this.reason = reason;
    this.peer = peer;
  }
}
