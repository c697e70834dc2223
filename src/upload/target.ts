import type { Service } from "../standcloud/service.ts";
import type { BearerSource } from "../tokens/bearer.ts";
import type { Ledger } from "./ledger/ledger.ts";

/** Where reports go, with whose login, and what is known of them there. */
export interface UploadTarget {
  readonly service: Service;
  readonly bearer: BearerSource;
  readonly ledger: Ledger;
}
