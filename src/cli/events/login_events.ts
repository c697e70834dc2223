import type { Shell } from "../shells.ts";

/** `sc-login` in a browser: the page to open. */
export interface AuthorizationUrlEvent {
  readonly event: "authorization_url";
  readonly url: string;
  readonly "redirect_uri": string;
  /** Seconds. */
  readonly "expires_in": number;
}

/** `sc-login` on another device: the page to open, and the code that it may ask for. */
export interface DeviceCodeEvent {
  readonly event: "device_code";
  readonly "user_code": string;
  readonly "verification_uri": string;
  /** The page with the code in its address. */
  readonly "verification_uri_complete": string | null;
  /** Seconds. */
  readonly "expires_in": number;
  /** Seconds between two questions to the server. */
  readonly interval: number;
}

/** `sc-login`: the stand is logged in. */
export interface LoggedInEvent {
  readonly event: "logged_in";
  readonly address: string;
  readonly flow: "browser" | "device" | "api-key";
  /** When the access token ends. Null for an API key. */
  readonly "expires_at": string | null;
  readonly scope: string | null;
  /** True: the stored login still works. */
  readonly already: boolean;
  /** False: StandCloud could not be asked. */
  readonly checked: boolean;
}

/** `sc-login --for`: the login of another stand was written. */
export interface HandedOverEvent {
  readonly event: "handed_over";
  readonly address: string;
  readonly recipient: string;
  /** The file. */
  readonly output: string;
}

/** `sc-logout`: the login is deleted here. */
export interface LoggedOutEvent {
  readonly event: "logged_out";
  readonly address: string;
  /** Whether StandCloud has ended the login too. */
  readonly revoked: boolean | "unknown";
}

/** `sc-login --check`: what StandCloud says to the login. */
export interface CheckEvent {
  readonly event: "check";
  readonly address: string;
  readonly connected: boolean;
  readonly state:
    | "ok"
    | "login_required"
    | "not_allowed"
    | "unreachable"
    | "not_standcloud"
    | "clock_wrong";
  readonly "http_status": number | null;
}

/** `status`: one stored login. */
export interface StatusEvent {
  readonly event: "status";
  readonly address: string;
  readonly flow: "browser" | "device" | "api-key" | null;
  readonly state: "valid" | "refreshable" | "expired" | "ended" | "unreadable";
  readonly "expires_at": string | null;
  readonly "key_source": string;
  /** `login`, or the name of the key that is used. */
  readonly source: string | null;
  /** With `--online`. */
  readonly connected?: boolean;
  /** Only when there is one. */
  readonly problem?: string;
}

/** `status`: the last line. */
export interface StatusSummaryEvent {
  readonly event: "status_summary";
  /** How many. */
  readonly logins: number;
  readonly "default_address": string | null;
  /** The login or key that is used for that address. */
  readonly source: string | null;
  readonly user: string | null;
  /** Folder of the logins. */
  readonly folder: string | null;
}

/** `key`: the public key of this stand. */
export interface KeyEvent {
  readonly event: "key";
  /** Null for a passphrase. */
  readonly recipient: string | null;
  readonly "key_source": string;
  /** With `--rotate`: how many logins have the new key. */
  readonly resealed?: number;
  /** With `--rotate`: how many logins could not be opened. */
  readonly unreadable?: number;
}

/** `--version`. */
export interface VersionEvent {
  readonly event: "version";
  readonly version: string;
  /** Null when it is no release. */
  readonly commit: string | null;
  readonly target: string;
  /** The version of Deno that compiled it. */
  readonly deno: string | null;
  /** The version of Deno that runs it. */
  readonly denort: string;
}

/** `completions`. */
export interface CompletionsEvent {
  readonly event: "completions";
  readonly shell: Shell;
  readonly script: string;
}

/** Every command: an error that ends it, or one after which it goes on. */
export interface ErrorEvent {
  readonly event: "error";
  /** A stable word. */
  readonly code: string;
  readonly message: string;
  readonly hint: string | null;
  /** The exit code that belongs to the error. */
  readonly "exit_code": number;
}
