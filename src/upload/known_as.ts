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
  const address = service.address.text;
  const key = { address, digest };
  const known = ledger.find(key);
  const isDone = known?.state === "uploaded";
  // Two forms that were two entries then may be one now.
  if (formerDigests.length === 0 || isDone && known.source === source) {
    return key;
  }
  const former = formerDigests.map((one) => ({ address, digest: one }));
  const isUploaded = (one: EntryKey) => ledger.find(one)?.state === "uploaded";
  // What is uploaded counts, whatever became of the other forms.
  const inOrder = [...former.filter(isUploaded), ...former];
  await ledger.adopt(key, inOrder.map(({ digest: one }) => one));
  return isUploaded(key) ? key : former.find(isUploaded) ?? key;
}
