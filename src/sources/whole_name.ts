import { resolve } from "node:path";
import { isDatabaseUrl } from "./couchdb/database_url.ts";

/** What the ledger calls a source: a whole path, a URL, or what begins with "-" for stdin. */
export function wholeName(source: string, file = source): string {
  return file === "-" || isDatabaseUrl(source) ? source : resolve(source);
}
