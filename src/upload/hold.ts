import type { Examined } from "../runs/examine.ts";
import type { EntryKey } from "./ledger/entry.ts";
import { prepareFrom } from "./prepare.ts";
import type { UploadOptions } from "./upload_options.ts";
import type { UploadSource } from "./upload_source.ts";

/**
 * Puts a run into the ledger that is sent later, since its file may hold
 * another one by then. Undefined when it is none that can be sent.
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
  const { digest, onlyCopy: document } = prepared;
  const key = { address: service.address.text, digest };
  if (ledger.find(key) === undefined) {
    const cause = "HardPy may add to it";
    await ledger.keep({ ...prepared, ...key }, { cause, document });
  }
  return key;
}
