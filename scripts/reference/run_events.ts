import type { DescribedEvent } from "./described_event.ts";

/** Events about runs and the ledger. */
export const RUN_EVENTS: readonly DescribedEvent[] = [
  {
    event: "bundle",
    from: "upload --export",
    members: "path address documents",
    notes: { address: "or null", documents: "how many" },
  },
  {
    event: "forget_summary",
    from: "history forget",
    members: "forgotten",
    notes: { forgotten: "how many" },
  },
  {
    event: "forgotten",
    from: "history forget",
    members: "digest address source",
  },
  {
    event: "history",
    from: "history",
    members:
      "digest address state source bytes serial_number part_number attempts http_status cause test_run_id possibly_duplicate created_at updated_at next_try_at issues",
    notes: {
      state:
        "`held`, `waiting`, `sending`, `uploaded`, `rejected`, `superseded`",
      "http_status": "or null",
      cause: "or null",
      "test_run_id": "or null",
      "next_try_at": "or null",
      issues: "see below; the last has `more` if others are not listed",
    },
  },
  {
    event: "history_summary",
    from: "history",
    members:
      "held waiting sending uploaded rejected superseded shown oldest_waiting_at last_uploaded_at user ledger",
    notes: {
      held: "how many",
      shown: "how many were printed",
      "oldest_waiting_at": "or null",
      "last_uploaded_at": "or null",
      ledger: "its file",
    },
  },
  {
    event: "import_summary",
    from: "history import",
    members: "uploaded rejected known kept waiting unknown",
    notes: {
      uploaded: "how many",
      unknown: "runs that this stand did not know",
    },
  },
  {
    event: "imported",
    from: "history import",
    members:
      "digest address outcome http_status test_run_id time source bytes serial_number part_number form run_key place reason issues change known_before",
    notes: { change: "`uploaded`, `rejected`, `known`, `kept`, `waiting`" },
  },
  {
    event: "page",
    from: "show --html",
    members: "file runs hidden",
    notes: { hidden: "runs left out" },
  },
  {
    event: "paused",
    from: "upload, sc-sync, history retry",
    members: "cause next_try_at waiting",
    notes: { waiting: "runs of this stand that are not at StandCloud yet" },
  },
  {
    event: "receipts",
    from: "upload of a bundle",
    members: "path receipts",
    notes: { receipts: "how many" },
  },
  {
    event: "report",
    from: "upload, sc-sync, history retry, validate",
    members:
      "source digest serial_number part_number outcome http_status expected_status test_run_id attempts possibly_duplicate lacks_additions issues reason",
    notes: {
      outcome:
        "`uploaded`, `already_uploaded`, `exported`, `invalid`, `rejected`, `waiting`, `would_upload`; `valid` of `validate`",
      "http_status": "or null",
      "expected_status": "what StandCloud would answer, or null",
      "test_run_id": "or null",
      "possibly_duplicate": "only when true",
      "lacks_additions":
        "only when true: StandCloud's copy lacks what was added later",
      issues: "see below",
      reason: "in words, only when there is one",
    },
  },
  {
    event: "resumed",
    from: "upload, sc-sync, history retry",
    members: "seconds",
    notes: { seconds: "how long the pause was" },
  },
  {
    event: "rule",
    from: "validate --list-rules, --explain",
    members:
      "rule brief severities profile blocks_upload explanation fix failing passing",
    notes: { failing: "an example, or null", passing: "an example, or null" },
  },
  {
    event: "run",
    from: "show",
    members: "source digest document",
    notes: { document: "as it is sent" },
  },
  {
    event: "summary",
    from: "upload, sc-sync, history retry",
    members:
      "uploaded already_uploaded exported would_upload invalid rejected waiting address address_source held bytes seconds",
    notes: {
      uploaded: "how many",
      address: "or null",
      "address_source": "path of the hardpy.toml that names it, or null",
      held: "runs that the ledger holds now",
    },
  },
  {
    event: "summary",
    from: "validate",
    members: "valid invalid errors warnings infos bytes seconds",
    notes: { valid: "how many" },
  },
  {
    event: "summary",
    from: "runs list, duts, devices, failed",
    members: "count address",
  },
  {
    event: "watching",
    from: "upload --watch",
    members: "folders address",
  },
];
