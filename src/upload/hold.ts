import type { Examined } from "../runs/examine.ts";
import type { FullerForms } from "../runs/forms_met.ts";
import type { EntryKey } from "./ledger/entry.ts";
import { knownAs } from "./known_as.ts";
import { prepareFrom } from "./prepare.ts";
import type { UploadOptions } from "./upload_options.ts";
import type { UploadSource } from "./sources/upload_source.ts";

/**
 * Puts a run into the ledger that is sent later, since its file may hold
 * another one by then. Undefined when it is none that can be sent.
 */
export async function hold(
  [examined]: readonly Examined[],
  source: UploadSource,
  options: UploadOptions & { readonly forms: FullerForms },
): Promise<EntryKey | undefined> {
  const { ledger } = options.target;
  const preparation = examined && prepareFrom(examined, source, {
    ...options,
    hasEntriesOfBefore: ledger.hasEntriesOfBefore,
  });
  if (preparation === undefined || !("prepared" in preparation)) {
    return undefined;
  }
  const { prepared } = preparation;
  options.forms.begin(prepared);
  if (preparation.kind === "held") return undefined;
  const { onlyCopy: document } = prepared;
  const key = await knownAs(prepared, options.target);
  if (ledger.find(key) === undefined) {
    const cause = "HardPy may add to it";
    // Which run it is a form of shows when others have been seen.
    const facts = { ...prepared, ...key, runKey: null };
    await ledger.keep(facts, { cause, document });
  }
  return key;
}
