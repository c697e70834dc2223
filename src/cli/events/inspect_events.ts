/** `doctor`: one check. */
export interface CheckItemEvent {
  readonly event: "check_item";
  readonly group: string;
  readonly state: "ok" | "warning" | "failed";
  readonly message: string;
  readonly hint: string | null;
}

/** `doctor`: the last line. */
export interface DoctorSummaryEvent {
  readonly event: "doctor_summary";
  /** How many checks. */
  readonly ok: number;
  readonly warning: number;
  readonly failed: number;
  readonly user: string | null;
  /** Folder of the logins. */
  readonly folder: string | null;
  /** File of the ledger. */
  readonly ledger: string | null;
  readonly "exit_code": number;
}

/** `runs list` and `runs get`, or `runs duts`: one test run of StandCloud. */
export interface TestRunEvent {
  readonly event: "test_run" | "tested_dut";
  readonly "test_run_id": string | null;
  readonly "serial_number": string | null;
  readonly "part_number": string | null;
  readonly status: string | null;
  readonly "test_stand_name": string | null;
  readonly "start_time": string | null;
  readonly "stop_time": string | null;
  /** All that StandCloud sent. */
  readonly raw: Readonly<Record<string, unknown>>;
}

/** `runs failed`: one failed case. */
export interface FailedCaseEvent {
  readonly event: "failed_case";
  readonly "test_run_id": string;
  /** All that StandCloud sent. */
  readonly raw: unknown;
}

/** `runs devices`: one device. */
export interface DeviceEvent {
  readonly event: "device";
  readonly "start_time": string | null;
  readonly serial: string | null;
  readonly "part_number": string | null;
  /** As the stand's `info` has it. */
  readonly "last_stage": unknown;
  /** `FP`: passed at once. `PASS`: passed after a failure. `FAIL`. */
  readonly "last_status": "FP" | "PASS" | "FAIL";
  /** `SerialNumber` of the device's `info`. */
  readonly "custom_serial_number": unknown;
}

/** `runs list`, `duts`, `devices` and `failed`: the last line. */
export interface RowSummaryEvent {
  readonly event: "summary";
  readonly count: number;
  readonly address: string;
}

/** `validate --list-rules` and `--explain`: one rule. */
export interface RuleEvent {
  readonly event: "rule";
  readonly rule: string;
  readonly brief: string;
  readonly severities: readonly ("error" | "warning" | "info")[];
  /** The HardPy versions whose runs it is for. */
  readonly profile: "both" | "early" | "current";
  readonly "blocks_upload": boolean;
  readonly explanation: string;
  readonly fix: string;
  readonly failing: RuleExample | null;
  readonly passing: RuleExample | null;
}

/** A value in a run document. */
export interface RuleExample {
  /** JSON Pointer of the value. */
  readonly at: string;
  /** The value, as JSON text. */
  readonly json: string;
}

/** `show`: one run. */
export interface RunEvent {
  readonly event: "run";
  readonly source: string;
  readonly digest: string;
  /** As it is sent. */
  readonly document: Readonly<Record<string, unknown>>;
}

/** `show --html` and `stats --html`: a page was written. */
export interface PageEvent {
  readonly event: "page";
  readonly file: string;
  readonly runs: number;
  /** Runs that the page leaves out. */
  readonly hidden: number;
}
