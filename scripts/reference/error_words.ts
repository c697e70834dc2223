import {
  AppError,
  type ErrorCode,
  type ErrorKind,
  exitCodes,
} from "../../src/system/app_error.ts";
import type { Rows } from "./table.ts";

const MEANINGS: Readonly<Record<ErrorCode, string>> = {
  internal: "a fault of the program",
  usage: "a wrong flag, argument or variable",
  "config_invalid": "hardpy.toml or `.env` has a wrong value",
  "flow_unavailable": "the server has no such way to sign in",
  "port_taken": "no port is free for the answer of the browser",
  "input_unreadable": "a file, folder or run cannot be read",
  "key_unreadable": "the key of the stand cannot be read",
  "store_unsafe": "other users can read or change a file of the program",
  "store_unwritable": "a login or the ledger cannot be written",
  "output_unwritable": "an output file, or stdout, cannot be written",
  "not_logged_in": "no login is stored for the address",
  "login_unreadable": "the stored login is damaged or needs another key",
  "login_ended": "the login was not renewed in time, or was revoked",
  "login_refused": "StandCloud refuses the new login, or Deny was pressed",
  "login_timed_out": "no person pressed Accept in time",
  "login_in_progress": "another `sc-login` is asking for the same address",
  "login_not_saved": "the disk failed, and the renewed login is lost",
  "not_allowed": "the account may not use StandCloud",
  unreachable: "no connection to StandCloud",
  "clock_wrong": "the clock of the stand is wrong",
  "certificate_refused": "the certificate of the server is not trusted",
  "tls_failed": "the server encrypts in another way, or not at all",
  "not_standcloud": "the answer is not StandCloud's",
  "not_couchdb": "the answer is not CouchDB's",
  "document_invalid": "a document or a bundle is not valid",
  "bundle_damaged": "a bundle was changed or is incomplete",
  interrupted: "Ctrl-C",
  terminated: "SIGTERM",
  "hung_up": "SIGHUP: the terminal was closed",
};

/** Every word of the `error` event, with its kind. */
export function errorWords(): { code: ErrorCode; kind: ErrorKind }[] {
  const codes = Object.keys(exitCodes) as ErrorCode[];
  return codes.map((code) => ({ code, kind: new AppError(code, "").kind }));
}

export function errorWordRows(): Rows {
  return [
    ["`code`", "exit code", "meaning"],
    ...errorWords().map((
      { code },
    ) => [`\`${code}\``, `${exitCodes[code]}`, MEANINGS[code]]),
  ];
}
