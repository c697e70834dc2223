import type { PrivateFiles } from "../system/private_files.ts";
import type { Secret } from "../system/secret.ts";
import type { BoxKey } from "./age_box.ts";
import type { Login } from "./login.ts";

/** What a login is, without its secrets. */
export interface LoginOutline {
  readonly address: string;
  readonly flow: Login["flow"];
  /** Null when the server did not say; an API key has none. */
  readonly expiresAt: Date | null;
  readonly isRenewable: boolean;
  /** The server refused to renew it. */
  readonly hasEnded: boolean;
}

export function outlineOf(login: Login): LoginOutline {
  const { address, flow } = login;
  if (login.flow === "api-key") {
    const none = { expiresAt: null, isRenewable: false, hasEnded: false };
    return { address, flow, ...none };
  }
  return {
    address,
    flow,
    expiresAt: login.expiresAt ?? null,
    isRenewable: login.refreshToken !== undefined,
    hasEnded: login.endedAt !== undefined,
  };
}

type Files = Pick<PrivateFiles, "read" | "note">;

/**
 * Writes the outline of a login beside its sealed box: a line of JSON, then a
 * line that proves that a holder of the identity wrote this JSON for this box.
 * With a passphrase there is no outline: a thief could guess the passphrase
 * from that line faster than from the box.
 */
export async function keepOutline(
  files: Files,
  path: string,
  { login, box, key }: { login: Login; box: Uint8Array; key: BoxKey },
): Promise<void> {
  const identity = "passphrase" in key ? undefined : key.identities[0];
  if (identity === undefined) return;
  const json = JSON.stringify(outlineOf(login));
  const proof = new Uint8Array(
    await crypto.subtle.sign(
      "HMAC",
      await keyOf(identity, "sign"),
      proven(json, box),
    ),
  );
  const note = new TextEncoder().encode(`${json}\n${proof.toHex()}\n`);
  await files.note(path, note);
}

/** Returns undefined when there is none, or none that the key proves for this box. */
export async function keptOutline(
  files: Files,
  path: string,
  { box, key }: { box: Uint8Array; key: () => Promise<BoxKey | undefined> },
): Promise<LoginOutline | undefined> {
  const note = await files.read(path).catch(() => undefined);
  const [json = "", proof = ""] = new TextDecoder().decode(note).split("\n");
  if (!/^[0-9a-f]{64}$/.test(proof)) return undefined;
  const found = await key();
  if (found === undefined || "passphrase" in found) return undefined;
  const bytes = [Uint8Array.fromHex(proof), proven(json, box)] as const;
  for (const identity of found.identities) {
    const hmac = await keyOf(identity, "verify");
    if (!await crypto.subtle.verify("HMAC", hmac, ...bytes)) continue;
    const outline = JSON.parse(json);
    const { expiresAt } = outline;
    return { ...outline, expiresAt: expiresAt && new Date(expiresAt) };
  }
  return undefined;
}

function proven(json: string, box: Uint8Array): Uint8Array<ArrayBuffer> {
  const line = new TextEncoder().encode(`${json}\n`);
  const bytes = new Uint8Array(line.length + box.length);
  bytes.set(line);
  bytes.set(box, line.length);
  return bytes;
}

function keyOf(identity: Secret, use: "sign" | "verify"): Promise<CryptoKey> {
  const bytes = new TextEncoder().encode(identity.reveal());
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  return crypto.subtle.importKey("raw", bytes, algorithm, false, [use]);
}
