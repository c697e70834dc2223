import type { Fault, FaultAction } from "./fault_types.ts";

/** What a test or `deno task sandbox` may choose. */
export interface SandboxOptions {
  /** Default 0: a free one. */
  port?: number;
  /** Where the CA's PEM is written (and left); default a temporary file, removed at the end. */
  caFile?: string;
  /** Default 3600, as Authelia. */
  accessTokenSeconds?: number;
  /** Default 5400, as Authelia. */
  refreshTokenSeconds?: number;
  /** The `interval` of the device flow; default 10, as Authelia. */
  deviceIntervalSeconds?: number;
  /**
   * Whether the tokens of a device code are for the API. `never`, the default, is
   * Authelia 4.39.20: a renewal that asks for the audience is refused. `on_refresh`
   * is 4.39.16: a renewal grants it. `granted`: from the beginning, as RFC 8707 has it.
   */
  deviceAudience?: DeviceAudience;
  /** How a device code that was denied, used or has expired is answered; default as Authelia. */
  deviceErrors?: "authelia" | "standard";
  /** How long a pushed authorization request lives; default 300, as Authelia. */
  pushedRequestSeconds?: number;
  /** How the authorization response travels when the client does not say; default `query`. */
  responseMode?: "query" | "form_post";
  /** Keys the API accepts as `Authorization: Bearer` or `X-API-KEY`. */
  apiKeys?: string[];
  /** False: the well-known documents answer 404. The endpoints stay. */
  discovery?: boolean;
  /** Edits the authorization server metadata before it is sent. */
  metadata?: MetadataEdit;
  /**
   * False: of a report only its digest, headers and what `test_run` shows are kept, so that
   * 100,000 of them fit into memory. Default true.
   */
  keepTexts?: boolean;
  /** About how many of the last requests are kept; default all. */
  keepRequests?: number;
  /** True: a report whose `Idempotency-Key` was seen is answered as the first. Default false. */
  honourIdempotencyKey?: boolean;
  /** How the reader answers at first. */
  lookup?: Lookup;
  onEvent?: (event: SandboxEvent) => void;
}

export type DeviceAudience = "never" | "on_refresh" | "granted";

export type Metadata = Record<string, unknown>;
export type MetadataEdit = (metadata: Metadata) => Metadata;

/** A StandCloud stand-in that is running. Disposing it ends every connection at once. */
export interface Sandbox extends AsyncDisposable {
  /** `127.0.0.1:PORT`, what a user gives to `sc-login`. */
  readonly address: string;
  /** `https://127.0.0.1:PORT/auth` */
  readonly issuer: string;
  readonly caFile: string;
  readonly caPem: string;
  readonly user: Readonly<User>;
  readonly reports: StoredReport[];
  readonly requests: RequestRecord[];
  readonly counts: TokenCounts;
  /** The first fault that matches a request is applied to it. Change the list at any time. */
  readonly faults: Fault[];
  readonly apiKeys: Set<string>;
  /** How the reader answers. Change it at any time. */
  readonly lookup: Lookup;
  /** All that there were, also where `requests` holds only the last. */
  readonly requestCount: number;
  /** TCP connections so far. */
  connectionCount(): number;
  /** TCP connections that are there now. */
  openConnectionCount(): number;
  /** False: every connection ends, and no new one gets as far as TLS, until it is true again. */
  setReachable(reachable: boolean): void;
  /** False: the proxy in front of the API answers every account with 403. */
  isAllowed: boolean;
  discovery: boolean;
  metadata: MetadataEdit | undefined;
  /** Every access and refresh token becomes unknown. */
  revokeAllTokens(): void;
  /** Every access token that exists now is expired; refresh tokens stay good. */
  expireAccessTokens(): void;
  /** Every authorization request that was pushed is too old now. */
  expirePushedRequests(): void;
  /** Every device code that exists now has expired; a poll is answered as before. */
  expireDeviceCodes(): void;
  /** Forgets faults, reports, requests and counts; logins and API keys stay. */
  reset(): void;
}

/** How `GET test_run` behaves. */
export interface Lookup {
  /** 403, 404 or 405: it is not there for this caller. Default: it answers. */
  status?: number;
  /**
   * Rows at most in one answer, as a service that pages. Default: all, and `limit` and `offset`
   * are known to the integration API only.
   */
  maximumRows?: number;
  /** True: `serial_number` is a filter. Default: it is a key of the device's `info`, like any other name. */
  serialNumberFilter?: boolean;
  /** So many made-up runs come before those that were uploaded; default 0. */
  earlierRuns?: number;
}

export interface User {
  name: string;
  password: string;
}

/** A run document that the API answered 201 to. */
export interface StoredReport {
  id: string;
  /** The body exactly as it was received; empty with `keepTexts: false`. */
  text: string;
  /** What the text says; with `keepTexts: false` only what `test_run` shows of it. */
  readonly body: Record<string, unknown>;
  /** Lower-case names; without the ones that carry a secret. */
  headers: Record<string, string>;
  receivedAt: Date;
  /** Of the body, where the text is not kept. */
  digest?: string;
}

/** One request and its answer, without secrets: no query, no headers, no body. */
export interface RequestRecord {
  method: string;
  path: string;
  httpVersion: "1.1" | "2";
  /** 0: the connection was dropped without an answer. */
  status: number;
  /** Whether it carried an `Authorization: Bearer` header. */
  bearer: boolean;
  /** What the sandbox did on purpose. */
  fault?: FaultAction["kind"];
}

/** What the authorization server has granted, and how often it refused at the token endpoint. */
export interface TokenCounts {
  pushedAuthorizationRequests: number;
  codeGrants: number;
  refreshGrants: number;
  deviceGrants: number;
  revocations: number;
  refusedTokenRequests: number;
}

export type SandboxEvent =
  | { kind: "request"; request: RequestRecord }
  | { kind: "report"; report: StoredReport };
