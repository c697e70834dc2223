import * as z from "../system/schema.ts";
import type { Address } from "./address.ts";
import { notStandCloud } from "./connection_error.ts";

/** The part of RFC 8414 metadata that the program uses. */
export interface AuthorizationMetadata {
  readonly issuer: string;
  readonly "authorization_endpoint": string;
  readonly "token_endpoint": string;
  readonly "pushed_authorization_request_endpoint": string;
  readonly "revocation_endpoint"?: string | undefined;
  readonly "device_authorization_endpoint"?: string | undefined;
  readonly "authorization_response_iss_parameter_supported"?:
    | boolean
    | undefined;
  readonly "code_challenge_methods_supported"?: string[] | undefined;
}

const schema = z.object({
  issuer: z.string(),
  "authorization_endpoint": z.string(),
  "token_endpoint": z.string(),
  "pushed_authorization_request_endpoint": z.string(),
  "revocation_endpoint": z.optional(z.string()),
  "device_authorization_endpoint": z.optional(z.string()),
  "authorization_response_iss_parameter_supported": z.optional(z.boolean()),
  "code_challenge_methods_supported": z.optional(z.array(z.string())),
});

/** Authelia's fixed paths (4.38 and later), for a server that hides its metadata. */
export function autheliaMetadata(address: Address): AuthorizationMetadata {
  const path = (name: string) => `${address.issuer}/api/oidc/${name}`;
  return {
    issuer: address.issuer,
    "authorization_endpoint": path("authorization"),
    "token_endpoint": path("token"),
    "pushed_authorization_request_endpoint": path(
      "pushed-authorization-request",
    ),
    "revocation_endpoint": path("revocation"),
    "device_authorization_endpoint": path("device-authorization"),
    "authorization_response_iss_parameter_supported": true,
  };
}

/**
 * Metadata that can be trusted with a login: the issuer is the one asked for,
 * letter by letter, and no endpoint lies outside the address (RFC 8414
 * section 3.3; RFC 9126 section 5).
 *
 * @throws `not_standcloud`
 */
export function checkMetadata(
  address: Address,
  received: unknown,
): AuthorizationMetadata {
  const { success, data } = z.safeParse(schema, received);
  if (!success) {
    throw notStandCloud(address, "the sign-in service's metadata is wrong");
  }
  if (data.issuer !== address.issuer) {
    throw notStandCloud(
      address,
      `the sign-in service calls itself "${data.issuer}"`,
    );
  }
  // Without a list we send S256 all the same (RFC 7636), and never less.
  if (data.code_challenge_methods_supported?.includes("S256") === false) {
    throw notStandCloud(
      address,
      "the sign-in service does not know PKCE's S256",
    );
  }
  for (const [key, value] of Object.entries(data)) {
    if (key.endsWith("_endpoint") && typeof value === "string") {
      checkEndpoint(address, key, value);
    }
  }
  return data;
}

function checkEndpoint(address: Address, key: string, value: string): void {
  const url = URL.parse(value);
  const isOurs = url?.origin === address.origin && url.username === "" &&
    url.password === "";
  if (!isOurs) {
    throw notStandCloud(
      address,
      `the sign-in service's ${key} lies outside ${address.text}`,
    );
  }
}
