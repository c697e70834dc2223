/** Whether it may be claimed is decided before, in the same transaction. */
export const CLAIM = `
INSERT INTO reports (address, digest, digest_version, state, source, bytes,
  serial_number, part_number, look_up_key, run, run_key, form, place, is_filled,
  is_unknown, owner, created_at, updated_at)
VALUES ($address, $digest, $version, 'sending', $source, $bytes, $serial, $part, $key,
  $memberOf, $runKey, $form, $place, $filled, $unknown, $owner, $now, $now)
ON CONFLICT (digest, address) DO UPDATE SET state = 'sending',
  source = $source, bytes = $bytes, look_up_key = $key, is_filled = $filled,
  run = $memberOf, run_key = $runKey, form = $form, place = $place,
  is_unknown = max(is_unknown, $unknown), owner = $owner, updated_at = $now,
  next_try_at = NULL, issues = NULL`;

/** What was uploaded stays so. */
export const KEEP = `
INSERT INTO reports (address, digest, digest_version, state, source, bytes,
  serial_number, part_number, look_up_key, run, run_key, form, place, is_filled,
  is_unknown, cause, created_at, updated_at)
VALUES ($address, $digest, $version, 'waiting', $source, $bytes, $serial, $part,
  $key, $memberOf, $runKey, $form, $place, $filled, $unknown, $cause, $now, $now)
ON CONFLICT (digest, address) DO UPDATE SET state = 'waiting',
  source = $source, look_up_key = coalesce($key, look_up_key),
  run = $memberOf, run_key = coalesce($runKey, run_key), form = coalesce($form, form), place = coalesce($place, place),
  is_filled = $filled, is_unknown = max(is_unknown, $unknown), cause = $cause,
  issues = NULL, updated_at = $now
WHERE state <> 'uploaded'`;

/** What is on its way, was uploaded or refused stays so. */
export const HOLD = `
INSERT INTO reports (address, digest, digest_version, state, source, bytes,
  serial_number, part_number, look_up_key, run, run_key, form, place, is_filled,
  is_unknown, issues, created_at, updated_at)
VALUES ($address, $digest, $version, 'held', $source, $bytes, $serial, $part,
  $key, $memberOf, $runKey, $form, $place, 0, $unknown, $issues, $now, $now)
ON CONFLICT (digest, address) DO UPDATE SET state = 'held', source = $source,
  look_up_key = $key, run = $memberOf, run_key = $runKey, form = $form,
  place = $place, issues = $issues, cause = NULL, next_try_at = NULL, updated_at = $now
WHERE (state = 'waiting' AND is_filled = 0)
  OR (state = 'held' AND (source <> $source OR issues IS NOT $issues))`;

export const KEEP_DOCUMENT =
  "INSERT OR REPLACE INTO documents VALUES ($address, $digest, $wire, $run)";

/** Earlier states of the same run, which need not be sent any more; one that is on its way stays. */
export const SUPERSEDE = `
DELETE FROM reports WHERE address = $address AND digest <> $digest
  AND state = $state AND (serial_number IS NULL OR serial_number = ''
    OR coalesce($serial, '') IN ('', serial_number))
  AND digest IN (SELECT digest FROM documents
    WHERE run = $run AND address = $address)`;

/** One that was on its way when a later state of its run came. */
export const GIVE_WAY = `
DELETE FROM reports WHERE digest = $digest AND address = $address
  AND EXISTS (SELECT 1 FROM documents AS own JOIN documents AS later
    USING (run, address) WHERE own.digest = $digest AND address = $address
    AND later.rowid > own.rowid AND NOT EXISTS (SELECT 1 FROM reports AS held
      WHERE held.digest = later.digest AND held.address = $address
        AND held.state = 'held'))`;

export const DROP_SUPERSEDED = `
DELETE FROM documents WHERE run = $run AND address = $address
  AND digest NOT IN (SELECT digest FROM reports WHERE address = $address
    AND digest IN (SELECT digest FROM documents WHERE run = $run))`;

/** What an answer does not tell stays as it is known. */
export const SETTLE = `
UPDATE reports SET state = $state, owner = NULL, attempts = attempts + $sent,
  http_status = coalesce($status, http_status), cause = $cause,
  test_run_id = coalesce($run, test_run_id), is_unknown = $unknown,
  is_possibly_duplicate = max(is_possibly_duplicate, $duplicate),
  next_try_at = $next, issues = $issues, updated_at = $now
WHERE digest = $digest AND address = $address RETURNING *`;

/** The later end counts, unless it is out of all reason. */
export const PAUSE = `
INSERT INTO pauses (address, until, cause) VALUES ($address, $until, $cause)
ON CONFLICT (address) DO UPDATE SET until = $until, cause = $cause
WHERE until < $until OR until > $latest OR EXISTS (
  SELECT 1 FROM pause_starts WHERE address = $address AND asked > $now)`;

export const PAUSE_STARTS =
  "INSERT OR REPLACE INTO pause_starts VALUES ($address, $now)";

export const END_PAUSE = "DELETE FROM pauses WHERE address = $address";

/** Each report that StandCloud answered with a pause has noted its end. */
export const TRY_NOW = `
UPDATE reports SET next_try_at = NULL
WHERE state = 'waiting' AND address = $address AND next_try_at IS NOT NULL`;

/** Other forms of the same run are the same report to StandCloud. */
const OF_ANOTHER_RUN =
  "coalesce(other.run, other.digest) <> coalesce(own.run, own.digest)";

export const IS_TAKEN = `
SELECT 1 FROM reports AS other
  LEFT JOIN reports AS own ON own.digest = $digest AND own.address = $address
WHERE other.test_run_id = $run AND other.address = $address
  AND other.digest <> $digest AND (own.digest IS NULL OR ${OF_ANOTHER_RUN})`;

/**
 * What may be there twice has a run whose id nobody knows. A program of a
 * version before this one has noted no key.
 */
export const TWINS = `
SELECT count(*) AS twins FROM reports AS own JOIN reports AS other
  ON other.address = own.address AND other.digest <> own.digest
WHERE own.digest = $digest AND own.address = $address
  AND ${OF_ANOTHER_RUN} AND (
  other.look_up_key = own.look_up_key AND (
    other.is_unknown = 1 OR other.is_possibly_duplicate = 1
    OR other.state = 'sending'
    OR other.state = 'uploaded' AND other.test_run_id IS NULL)
  OR other.look_up_key IS NULL AND own.look_up_key IS NOT NULL
    AND other.is_unknown = 1 AND other.serial_number IS own.serial_number
    AND other.part_number IS own.part_number)`;

export const DOCUMENT =
  "SELECT wire FROM documents WHERE digest = $digest AND address = $address";

export const PAUSED =
  `SELECT until, cause, asked FROM pauses LEFT JOIN pause_starts USING (address)
WHERE address = $address`;

export const FIND =
  "SELECT * FROM reports WHERE digest = $digest AND address = $address";

/** Other documents that may be stored forms of the same run. */
export const WITH_RUN_KEY = `
SELECT * FROM reports WHERE run_key = $runKey
  AND address = $address AND digest <> $digest`;

/** The same without runs of other devices, of which a key may have thousands. */
export const WITH_RUN_KEY_AND_SERIAL = `
SELECT * FROM reports WHERE run_key = $runKey
  AND ifnull(trim(serial_number), '') IN ('', $serial)
  AND address = $address AND digest <> $digest`;

/**
 * The same for entries of a version before, which noted no run key. The sign
 * before `run_key` keeps the index of that column, where all of them are alike, out.
 */
export const OF_BEFORE_IN_LOOK_UP_RANGE = `
SELECT * FROM reports WHERE look_up_key > $prefix
  AND look_up_key < $prefix || char(1114111) AND look_up_key LIKE '%' || $suffix
  AND +run_key IS NULL AND digest_version = 1
  AND address = $address AND digest <> $digest`;

/** Other forms and places in which the content of an entry is stored. */
export const NOTE_PLACE = `
INSERT OR IGNORE INTO other_places VALUES ($address, $digest, $form, $place)`;

export const OTHER_PLACES = `
SELECT form, place FROM other_places
WHERE digest = $digest AND address = $address`;

export const HAS_ENTRIES_OF_BEFORE =
  "SELECT 1 FROM reports WHERE digest_version = 1 LIMIT 1";

/**
 * An entry of a version before gets the digest of this one. What was refused
 * then may go up now: that version sent other bytes.
 */
export const ADOPT = `
UPDATE reports SET digest = $digest, former_digest = $former, digest_version = 2,
  state = iif(state = 'rejected', 'waiting', state)
WHERE digest = $former AND address = $address AND digest_version = 1
  AND state <> 'sending' AND NOT EXISTS (SELECT 1 FROM reports
    WHERE digest = $digest AND address = $address)`;

/** What is left of the entry when another form has the digest already. */
export const DROP_ADOPTED = `
DELETE FROM reports WHERE digest = $former AND address = $address
  AND digest_version = 1 AND digest <> $digest
  AND state IN ('rejected', 'waiting')`;

export const ADOPT_DOCUMENT = `
UPDATE OR IGNORE documents SET digest = $digest
WHERE digest = $former AND address = $address`;

export const ADOPTED = `
SELECT digest FROM reports WHERE former_digest = $digest AND address = $address`;

/** Notes that an entry of a version before is a stored form of the run. */
export const NOTE_RUN = `
UPDATE reports SET run = $run, run_key = $runKey, form = $form
WHERE digest = $digest AND address = $address AND run_key IS NULL`;

export const RUN_OF = `(SELECT run FROM reports
  WHERE digest = $digest AND address = $address)`;

export const HAS_OTHER_FORMS = `
SELECT 1 FROM reports
WHERE run = ${RUN_OF} AND address = $address AND digest <> $digest LIMIT 1`;

/** What waits of the same run in other forms has arrived with this one. */
export const SETTLE_OTHER_FORMS = `
UPDATE reports SET state = 'uploaded', owner = NULL, is_unknown = 0,
  next_try_at = NULL, http_status = $status, test_run_id = $run, cause = NULL,
  updated_at = $now
WHERE run = ${RUN_OF} AND address = $address AND digest <> $digest
  AND state = 'waiting'`;

export const NEEDS_A_PERSON = "state IN ('held', 'rejected')";

/** Other forms of the run that a rule or StandCloud kept back. */
export const SUPERSEDE_OTHER_FORMS = `
UPDATE reports SET state = 'superseded', updated_at = $now
WHERE run = ${RUN_OF} AND address = $address AND digest <> $digest
  AND ${NEEDS_A_PERSON}`;

/** Of an uploaded run in all its forms. */
export const DROP_DOCUMENTS = `
DELETE FROM documents WHERE address = $address AND (digest = $digest
  OR digest IN (SELECT digest FROM reports
    WHERE run = ${RUN_OF} AND address = $address
      AND state IN ('uploaded', 'superseded')))`;
