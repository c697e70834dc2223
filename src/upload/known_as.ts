import type { EntryKey } from "./ledger/entry.ts";
import type { Prepared } from "./prepare.ts";
import type { UploadTarget } from "./target.ts";

/**
 * By what the ledger knows a run. An entry that an earlier version of this
 * program made under another digest is taken over first.
 */
export async function knownAs(
  { digest, formerDigest }: Pick<Prepared, "digest" | "formerDigest">,
  { ledger, service }: Pick<UploadTarget, "ledger" | "service">,
): Promise<EntryKey> {
  const key = { address: service.address.text, digest };
  if (ledger.hasEntriesOfBefore && ledger.find(key) === undefined) {
    await ledger.adopt(key, formerDigest());
  }
  return key;
}
