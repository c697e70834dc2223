import type { Examined } from "../runs/examine.ts";
import type { EntryKey } from "./ledger/entry.ts";
import { prepareFrom } from "./prepare.ts";
import type { UploadOptions } from "./upload_options.ts";
import type { UploadSource } from "./upload_source.ts";

/**
 * Puts a run into the ledger that is sent later, since its file may hold
 * another one by then. Undefined when there is nothing to put there.
 */
export async function hold(
  [examined]: readonly Examined[],
  source: UploadSource,
  options: UploadOptions,
): Promise<EntryKey | undefined> {
  const { ledger, service } = options.target;
  const preparation = examined && prepareFrom(examined, source, options);
  if (preparation?.kind !== "send") return undefined;
  const { prepared } = preparation;
  const key = { ...prepared, address: service.address.text };
  if (ledger.find(key) !== undefined) return undefined;
  const { onlyCopy: document } = prepared;
  await ledger.keep(key, { cause: "HardPy may add to it", document });
  return key;
}
