import { beforeItWasMoved } from "../../sources/moved_folders.ts";
import type { Database } from "../../system/database.ts";
import type { Entry } from "./entry.ts";
import * as sql from "./statements.ts";

/**
 * What was at the same path before it was mended. HardPy writes each run into
 * the same record, and users may do so with a file: without an equal run key
 * the serial numbers must agree, and a record is another run.
 */
const SUPERSEDE_MENDED = `
UPDATE reports SET state = 'superseded', updated_at = $now
WHERE ${sql.NEEDS_A_PERSON} AND source IN ($source, $before)
  AND source NOT LIKE '-%' AND address = $address AND digest <> $digest
  AND (run_key = $runKey OR coalesce(form, '') <> 'record'
    AND (coalesce(serial_number, '') IN ('', $serial) OR $serial = ''))`;

/**
 * A run that is uploaded is so in all its forms. It needs no person any more:
 * what a rule or StandCloud kept back of it is `superseded`.
 *
 * @param found what StandCloud has answered, and the time.
 */
export function settleOthers(
  database: Database,
  { address, digest, source, runKey = null, serialNumber }: Entry,
  found: { status: number | null; run: string | null; now: number },
): void {
  const key = { address, digest };
  const values = { ...key, now: found.now };
  // Most runs have one form only, and nothing to write for others.
  if (database.get(sql.HAS_OTHER_FORMS, key) !== undefined) {
    database.run(sql.SETTLE_OTHER_FORMS, { ...key, ...found });
    database.run(sql.SUPERSEDE_OTHER_FORMS, values);
  }
  database.run(SUPERSEDE_MENDED, {
    ...values,
    source,
    before: beforeItWasMoved(source),
    runKey,
    serial: serialNumber ?? "",
  });
  database.run(sql.DROP_DOCUMENTS, key);
}
