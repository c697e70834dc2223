import type { Examined } from "../../runs/examine.ts";
import type { FullerForms } from "../../runs/forms_met.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { Preparation } from "./prepare.ts";
import type { LiveSource, UploadSource } from "./upload_source.ts";

export interface KeepLiveOptions {
  readonly ledger: Ledger;
  readonly address: string;
  readonly forms: FullerForms;
  prepare(examined: Examined, source: UploadSource): Preparation;
}

/**
 * Puts a run of HardPy's record into the ledger that is sent later, since the
 * record may hold another run by then. Gives the source that knows so, if the
 * run can be sent.
 */
export async function keepLive<Source extends UploadSource>(
  upload: KeepLiveOptions,
  [examined]: readonly Examined[],
  source: Source,
): Promise<Source & Pick<LiveSource, "heldAs">> {
  const preparation = examined && upload.prepare(examined, source);
  if (preparation === undefined || !("prepared" in preparation)) return source;
  const { kind, prepared } = preparation;
  upload.forms.begin(prepared);
  if (kind === "held") return source;
  const { ledger, address } = upload;
  const heldAs = await ledger.knownAs({ ...prepared, address });
  if (ledger.find(heldAs) === undefined) {
    const cause = "HardPy may add to it";
    // Which run it is a form of shows when others have been seen.
    const key = { ...prepared, ...heldAs, runKey: null };
    await ledger.keep(key, { cause, document: prepared.onlyCopy });
  }
  return { ...source, heldAs };
}
