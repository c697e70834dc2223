import type { EntryKey } from "./ledger/entry.ts";
import type { Prepared } from "./prepare.ts";
import type { UploadTarget } from "./target.ts";

/**
 * By what the ledger knows a run. An entry that an earlier version of this
 * program made under another digest is taken over first.
 */
export async function knownAs(
  { digest, formerDigests, source }: Prepared,
  { ledger, service }: Pick<UploadTarget, "ledger" | "service">,
): Promise<EntryKey> {
  const key = { address: service.address.text, digest };
  // Two forms that were two entries then may be one now.
  if (formerDigests.length > 0 && ledger.find(key)?.source !== source) {
    await ledger.adopt(key, formerDigests);
  }
  return key;
}
