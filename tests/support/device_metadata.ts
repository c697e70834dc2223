import type { Metadata } from "../../scripts/sandbox/types.ts";

/** A server that knows nothing of RFC 8628. */
export function withoutDevice(metadata: Metadata): Metadata {
  const { "device_authorization_endpoint": _, ...others } = metadata;
  return others;
}
