import { beforeItWasMoved } from "../../sources/moved_folders.ts";
import type { Database, Values } from "../../system/database.ts";
import type { Entry } from "./entry.ts";
import { RUN_OF } from "./statements.ts";

const NEEDS_A_PERSON = "state IN ('held', 'rejected')";

/** Other forms of the run that a rule or StandCloud kept back. */
const SUPERSEDE_OTHER_FORMS = `
UPDATE reports SET state = 'superseded', updated_at = $now
WHERE run = ${RUN_OF} AND address = $address AND digest <> $digest
  AND ${NEEDS_A_PERSON}`;

/**
 * What was at the same path before it was mended. HardPy writes each run into
 * the same record, and users may do so with a file: without an equal run key
 * the serial numbers must agree, and a record is another run.
 */
const SUPERSEDE_MENDED = `
UPDATE reports SET state = 'superseded', updated_at = $now
WHERE ${NEEDS_A_PERSON} AND source IN ($source, $before)
  AND source NOT LIKE '-%' AND address = $address AND digest <> $digest
  AND (run_key = $runKey OR coalesce(form, '') <> 'record'
    AND (coalesce(serial_number, '') IN ('', $serial) OR $serial = ''))`;

/**
 * A run that is uploaded needs no person any more: what a rule or StandCloud
 * kept back of it is `superseded`.
 *
 * @param values the uploaded entry's address and digest, and the time.
 */
export function supersede(
  database: Database,
  uploaded: Entry | undefined,
  values: Values,
): void {
  if (uploaded === undefined) return;
  const { source, runKey = null, serialNumber } = uploaded;
  database.run(SUPERSEDE_OTHER_FORMS, values);
  database.run(SUPERSEDE_MENDED, {
    ...values,
    source,
    before: beforeItWasMoved(source),
    runKey,
    serial: serialNumber ?? "",
  });
}
