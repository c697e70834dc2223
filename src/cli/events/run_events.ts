/** Something about a run document that a person should know or mend. */
export interface IssueMember {
  readonly severity: "error" | "warning" | "info";
  /** A stable word. */
  readonly rule: string;
  /** JSON Pointer (RFC 6901). */
  readonly path: string;
  readonly message: string;
  /** The HardPy function or marker, or a command. */
  readonly fix: string;
  /** From 1, where the source is a file. */
  readonly line?: number;
  readonly column?: number;
  /** How many more findings of this kind are not listed. */
  readonly more?: number;
}

/** `upload`, `sc-sync`, `history retry` and `validate`: one run document. */
export interface ReportEvent {
  readonly event: "report";
  readonly source: string;
  /** Of a document in a bundle: the file that the stand had put into it. */
  readonly "original_source"?: string;
  /** Null when the source holds no run document. */
  readonly digest: string | null;
  readonly "serial_number": string | null;
  readonly "part_number": string | null;
  /** `passed`, `failed` and so on, as the document says it. Null when it was not read. */
  readonly "run_status": string | null;
  /** `valid` is of `validate` alone. */
  readonly outcome:
    | "uploaded"
    | "already_uploaded"
    | "would_upload"
    | "exported"
    | "invalid"
    | "rejected"
    | "waiting"
    | "valid";
  /** The status of the answer that decided. Null when there was none. */
  readonly "http_status": number | null;
  /** The status that StandCloud would answer to a document that was not sent. */
  readonly "expected_status": number | null;
  readonly "test_run_id": string | null;
  /** How often it was sent, by this upload and earlier ones. */
  readonly attempts: number;
  /** Only when true: it was sent again, and StandCloud may have had it. */
  readonly "possibly_duplicate"?: true;
  /** Only when true: StandCloud's copy lacks what was added to the run later. */
  readonly "lacks_additions"?: true;
  readonly issues: readonly IssueMember[];
  /** Only when there is one: why the run was not uploaded. */
  readonly reason?: string;
}

/** `upload`, `sc-sync` and `history retry`: the last line. */
export interface UploadSummaryEvent {
  readonly event: "summary";
  /** How many runs. */
  readonly uploaded: number;
  readonly "already_uploaded": number;
  readonly "would_upload": number;
  readonly exported: number;
  readonly invalid: number;
  readonly rejected: number;
  readonly waiting: number;
  readonly address: string | null;
  /** The hardpy.toml that names the address. */
  readonly "address_source": string | null;
  /** Runs that the ledger holds now. */
  readonly held: number;
  readonly bytes: number;
  readonly seconds: number;
}

/** `validate`: the last line. */
export interface ValidationSummaryEvent {
  readonly event: "summary";
  /** How many documents. */
  readonly valid: number;
  readonly invalid: number;
  /** How many findings. */
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
  readonly bytes: number;
  readonly seconds: number;
}

/** `upload --watch`: it has begun. */
export interface WatchingEvent {
  readonly event: "watching";
  readonly folders: readonly string[];
  readonly address: string;
}

/** An upload waits. Told again when the cause changes, and at least every minute. */
export interface PausedEvent {
  readonly event: "paused";
  readonly cause: string;
  readonly "next_try_at": string;
  /** Runs of this stand that are not at StandCloud yet. */
  readonly waiting: number;
}

/** An upload goes on. */
export interface ResumedEvent {
  readonly event: "resumed";
  /** How long the pause was. */
  readonly seconds: number;
}

/** `upload --export`: a bundle was written. */
export interface BundleEvent {
  readonly event: "bundle";
  readonly path: string;
  readonly address: string | null;
  /** How many. */
  readonly documents: number;
}

/** `upload` of a bundle: its receipts were written. */
export interface ReceiptsEvent {
  readonly event: "receipts";
  readonly path: string;
  /** How many. */
  readonly receipts: number;
}

/** `history import`: one receipt. */
export interface ImportedEvent {
  readonly event: "imported";
  readonly digest: string;
  readonly address: string;
  readonly outcome: string;
  readonly "http_status": number | null;
  readonly "test_run_id": string | null;
  readonly time: string;
  readonly source: string;
  readonly bytes: number;
  readonly "serial_number": string | null;
  readonly "part_number": string | null;
  readonly form?: string | undefined;
  readonly "run_key"?: string | null | undefined;
  readonly place?: string | null | undefined;
  readonly reason: string | null;
  readonly issues: readonly {
    readonly path: string;
    readonly message: string;
  }[];
  /** What the ledger says now. */
  readonly change: "uploaded" | "rejected" | "known" | "kept" | "waiting";
  readonly "known_before": boolean;
}

/** `history import`: the last line. */
export interface ImportSummaryEvent {
  readonly event: "import_summary";
  /** How many receipts. */
  readonly uploaded: number;
  readonly rejected: number;
  readonly known: number;
  readonly kept: number;
  readonly waiting: number;
  /** Runs that this stand did not know. */
  readonly unknown: number;
}

/** `history`: one entry of the ledger. */
export interface HistoryEvent {
  readonly event: "history";
  readonly digest: string;
  readonly address: string;
  readonly state:
    | "held"
    | "waiting"
    | "sending"
    | "uploaded"
    | "rejected"
    | "superseded";
  readonly source: string;
  readonly bytes: number;
  readonly "serial_number": string | null;
  readonly "part_number": string | null;
  readonly attempts: number;
  readonly "http_status": number | null;
  readonly cause: string | null;
  readonly "test_run_id": string | null;
  readonly "possibly_duplicate": boolean;
  readonly "created_at": string;
  readonly "updated_at": string;
  readonly "next_try_at": string | null;
  readonly issues: readonly IssueMember[];
}

/** `history`: the last line. */
export interface HistorySummaryEvent {
  readonly event: "history_summary";
  /** How many entries. */
  readonly held: number;
  readonly waiting: number;
  readonly sending: number;
  readonly uploaded: number;
  readonly rejected: number;
  readonly superseded: number;
  /** How many were printed. */
  readonly shown: number;
  readonly "oldest_waiting_at": string | null;
  readonly "last_uploaded_at": string | null;
  readonly user: string | null;
  /** Its file. */
  readonly ledger: string | null;
}

/** `history forget`: one entry that is gone. */
export interface ForgottenEvent {
  readonly event: "forgotten";
  readonly digest: string;
  readonly address: string;
  readonly source: string;
}

/** `history forget`: the last line. */
export interface ForgetSummaryEvent {
  readonly event: "forget_summary";
  /** How many. */
  readonly forgotten: number;
}
