import type { DescribedEvent } from "./described_event.ts";

/** Events about logins, the stand, StandCloud and the program itself. */
export const STAND_EVENTS: readonly DescribedEvent[] = [
  {
    event: "authorization_url",
    from: "sc-login",
    members: "url redirect_uri expires_in",
    notes: { "expires_in": "seconds" },
  },
  {
    event: "check",
    from: "sc-login --check",
    members: "address connected state http_status",
    notes: {
      connected: "true or false",
      state:
        "`ok`, `login_required`, `not_allowed`, `unreachable`, `not_standcloud`, `clock_wrong`",
      "http_status": "or null",
    },
  },
  {
    event: "check_item",
    from: "doctor",
    members: "group state message hint",
    notes: { state: "`ok`, `warning`, `failed`", hint: "or null" },
  },
  {
    event: "completions",
    from: "completions",
    members: "shell script",
  },
  {
    event: "device",
    from: "runs devices",
    members:
      "start_time serial part_number last_stage last_status custom_serial_number",
    notes: {
      "last_status":
        "`FP`: passed at once; `PASS`: passed after a fail; `FAIL`",
    },
  },
  {
    event: "device_code",
    from: "sc-login",
    members:
      "user_code verification_uri verification_uri_complete expires_in interval",
    notes: {
      "verification_uri_complete": "or null",
      "expires_in": "seconds",
      interval: "seconds",
    },
  },
  {
    event: "doctor_summary",
    from: "doctor",
    members: "ok warning failed user folder ledger exit_code",
    notes: { ok: "how many", folder: "of the logins", ledger: "its file" },
  },
  {
    event: "error",
    from: "every command",
    members: "code message hint exit_code",
    notes: { code: "see [Error words](#error-words)", hint: "or null" },
  },
  {
    event: "failed_case",
    from: "runs failed",
    members: "test_run_id raw",
    notes: { raw: "all that StandCloud sent" },
  },
  {
    event: "handed_over",
    from: "sc-login --for",
    members: "address recipient output",
    notes: { output: "the file" },
  },
  {
    event: "health",
    from: "health",
    members:
      "state address login waiting oldest_waiting_at held rejected last_uploaded_at version exit_code",
    notes: {
      state: "`ok`, `login_required`, `attention`, `waiting`",
      address: "or null",
      login: "a state as in `status`, or `api_key`, `none`",
      waiting: "how many runs",
      "oldest_waiting_at": "or null",
      "last_uploaded_at": "or null",
    },
  },
  {
    event: "key",
    from: "key",
    members: "recipient key_source resealed unreadable",
    notes: {
      recipient: "null for a passphrase",
      resealed: "with `--rotate`",
      unreadable: "with `--rotate`",
    },
  },
  {
    event: "logged_in",
    from: "sc-login",
    members: "address flow expires_at scope already checked",
    notes: {
      "expires_at": "or null",
      scope: "or null",
      already: "true: the stored login still works",
      checked: "false: StandCloud could not be asked",
    },
  },
  {
    event: "logged_out",
    from: "sc-logout",
    members: "address revoked",
    notes: { revoked: '`true`, `false`, `"unknown"`' },
  },
  {
    event: "status",
    from: "status",
    members:
      "address flow state expires_at key_source source connected problem",
    notes: {
      flow: "or null",
      state: "`valid`, `refreshable`, `expired`, `ended`, `unreadable`",
      "expires_at": "or null",
      source: "`login`, or the name of the key that is used",
      connected: "with `--online`",
      problem: "only when there is one",
    },
  },
  {
    event: "status_summary",
    from: "status",
    members: "logins default_address source user folder",
    notes: {
      logins: "how many",
      "default_address": "or null",
      source: "of the key for it, or null",
      folder: "of the logins",
    },
  },
  {
    event: "test_run",
    from: "runs list, runs get",
    members:
      "test_run_id serial_number part_number status test_stand_name start_time stop_time raw",
    notes: { raw: "all that StandCloud sent" },
  },
  {
    event: "tested_dut",
    from: "runs duts",
    members:
      "test_run_id serial_number part_number status test_stand_name start_time stop_time raw",
    notes: { raw: "all that StandCloud sent" },
  },
  {
    event: "version",
    from: "--version",
    members: "version commit target deno denort",
    notes: {
      commit: "null: not a release",
      deno: "that compiled it",
      denort: "that runs it",
    },
  },
];
