import {
  Decrypter,
  Encrypter,
  generateX25519Identity,
  identityToRecipient,
} from "age-encryption";
import { AppError } from "../system/app_error.ts";
import { Secret } from "../system/secret.ts";

/** What opens and seals an age file: identities (secret keys), or a passphrase. */
export type BoxKey =
  | { readonly identities: readonly Secret[] }
  | { readonly passphrase: Secret };

/** Seals `text` to the first identity's recipient, or to the passphrase. */
export async function sealBox(
  text: string,
  key: BoxKey,
): Promise<Uint8Array> {
  const encrypter = new Encrypter();
  if ("passphrase" in key) encrypter.setPassphrase(key.passphrase.reveal());
  else encrypter.addRecipient(await recipientOf(key.identities));
  return await encrypter.encrypt(text);
}

/**
 * Seals `text` to a recipient: only the holder of its identity can open it.
 *
 * @throws `usage` when that is no recipient.
 */
export async function sealBoxFor(
  text: string,
  recipient: string,
): Promise<Uint8Array> {
  const encrypter = new Encrypter();
  encrypter.addRecipient(requireRecipient(recipient));
  return await encrypter.encrypt(text);
}

/** @throws `usage` */
export function requireRecipient(recipient: string): string {
  try {
    new Encrypter().addRecipient(recipient);
    return recipient;
  } catch {
    // What was given may be an identity by mistake: it is not repeated.
    throw new AppError("usage", "What is given to --for is no age recipient", {
      hints: ["on the stand, standcloud key prints it: age1…"],
    });
  }
}

/** Throws when the key does not fit or the file is damaged. */
export async function openBox(box: Uint8Array, key: BoxKey): Promise<string> {
  const decrypter = new Decrypter();
  if ("passphrase" in key) decrypter.addPassphrase(key.passphrase.reveal());
  else {
    for (const one of key.identities) {
      await sound(() => decrypter.addIdentity(one.reveal()));
    }
  }
  return await decrypter.decrypt(box, "text");
}

/** What others need to seal something for the holder of the first identity; it is public. */
export async function recipientOf(
  identities: readonly Secret[],
): Promise<string> {
  const [first] = identities;
  if (first === undefined) throw new Error("No identity");
  return await sound(() => identityToRecipient(first.reveal()));
}

/** The library's error for a mistyped identity repeats the identity: it is dropped. */
async function sound<T>(useIdentity: () => T | Promise<T>): Promise<T> {
  try {
    return await useIdentity();
  } catch {
    throw new AppError(
      "key_unreadable",
      "The key holds an identity with a typing error",
      { hints: ["copy the line AGE-SECRET-KEY-1… again, as a whole"] },
    );
  }
}

export async function newIdentity(): Promise<Secret> {
  return new Secret(await generateX25519Identity());
}

/** A key file in the form that `age-keygen` writes; the first identity is the one that seals. */
export async function keyFileText(
  identities: readonly Secret[],
  now: Date,
): Promise<string> {
  return [
    `# created: ${now.toISOString()}`,
    `# public key: ${await recipientOf(identities)}`,
    ...identities.map((identity) => identity.reveal()),
    "",
  ].join("\n");
}

/** A key file with an identity of its own. */
export async function newKeyFile(now: Date): Promise<string> {
  return await keyFileText([await newIdentity()], now);
}
