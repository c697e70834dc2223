import assert from "node:assert/strict";
import {
  autheliaMetadata,
  checkMetadata,
} from "../../src/standcloud/authorization_metadata.ts";
import { appError } from "../system/errors.ts";
import { address } from "../tokens/logins.ts";
import { metadata } from "./fake_service.ts";

const endpoints = Object.keys(metadata)
  .filter((key) => key.endsWith("_endpoint"));

Deno.test("checkMetadata() takes what Authelia publishes, and autheliaMetadata() is that", () => {
  assert.deepEqual(checkMetadata(address, { ...metadata, more: 1 }), metadata);
  assert.deepEqual(autheliaMetadata(address), metadata);
});

Deno.test("checkMetadata() takes a server without revocation", () => {
  const { "revocation_endpoint": _, ...rest } = metadata;
  assert.deepEqual(checkMetadata(address, rest), rest);
});

const issuers = [
  `${address.issuer}/`,
  address.issuer.toUpperCase(),
  address.origin,
  "https://demo.standcloud.io:443/auth",
  "https://evil.example/auth",
  "",
];

for (const issuer of issuers) {
  Deno.test(`checkMetadata() refuses the issuer "${issuer}" (duty 26)`, () => {
    assert.throws(
      () => checkMetadata(address, { ...metadata, issuer }),
      appError("not_standcloud", /calls itself/),
    );
  });
}

const outside = [
  "https://evil.example/token",
  "http://demo.standcloud.io/auth/api/oidc/token",
  "https://demo.standcloud.io:8443/auth/api/oidc/token",
  "https://demo.standcloud.io.evil.example/token",
  "https://demo.standcloud.io@evil.example/token",
  "file:///etc/passwd",
  "javascript:alert(1)",
  "/auth/api/oidc/token",
  "",
];

for (const key of endpoints) {
  for (const value of outside) {
    Deno.test(`checkMetadata() refuses "${value}" as ${key} (duty 19)`, () => {
      assert.throws(
        () => checkMetadata(address, { ...metadata, [key]: value }),
        appError("not_standcloud", new RegExp(`${key} lies outside`)),
      );
    });
  }
}

const shapes: [what: string, received: unknown][] = [
  ["nothing", null],
  ["a list", [metadata]],
  ["a text", "<html>"],
  ...Object.keys(metadata)
    .filter((key) =>
      !/^(?:revocation|device_authorization|authorization_response)/.test(key)
    )
    .map((key): [string, unknown] => [
      `metadata without ${key}`,
      { ...metadata, [key]: undefined },
    ]),
  ...Object.keys(metadata).map((key): [string, unknown] => [
    `metadata with a number as ${key}`,
    { ...metadata, [key]: 1 },
  ]),
];

for (const [what, received] of shapes) {
  Deno.test(`checkMetadata() refuses ${what}`, () => {
    assert.throws(
      () => checkMetadata(address, received),
      appError("not_standcloud", /metadata is wrong/),
    );
  });
}
