import type { MetadataEdit } from "../../scripts/sandbox/types.ts";

/** A server that knows nothing of RFC 8628. */
export const withoutDevice: MetadataEdit = (
  { "device_authorization_endpoint": _, ...metadata },
) => metadata;
