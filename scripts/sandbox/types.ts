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
  /** Keys the API accepts as `Authorization: Bearer` or `X-API-KEY`. */
  apiKeys?: string[];
  /** False: the well-known documents answer 404. The endpoints stay. */
  discovery?: boolean;
  /** Edits the authorization server metadata before it is sent. */
  metadata?: MetadataEdit;
  onEvent?: (event: SandboxEvent) => void;
}

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
  discovery: boolean;
  metadata: MetadataEdit | undefined;
  /** Every access and refresh token becomes unknown. */
  revokeAllTokens(): void;
  /** Every access token that exists now is expired; refresh tokens stay good. */
  expireAccessTokens(): void;
}

export interface User {
  name: string;
  password: string;
}

/** A run document that the API answered 201 to. */
export interface StoredReport {
  id: string;
  /** The body exactly as it was received. */
  text: string;
  body: Record<string, unknown>;
  /** Lower-case names; without the ones that carry a secret. */
  headers: Record<string, string>;
  receivedAt: Date;
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

/** One way to misbehave. */
export interface Fault {
  match: (method: string, path: string) => boolean;
  /** How many requests it applies to; default all. */
  times?: number;
  action: FaultAction;
}

export type FaultAction =
  /** Answers without doing anything. */
  | {
    kind: "respond";
    status: number;
    headers?: Record<string, string>;
    body?: string;
  }
  /** Waits, then goes on as if nothing had happened. */
  | { kind: "delay"; milliseconds: number }
  /** Drops the connection without doing anything. */
  | { kind: "reset" }
  /** Does the work, then drops the connection instead of answering. */
  | { kind: "commit_then_drop" };

export type SandboxEvent =
  | { kind: "request"; request: RequestRecord }
  | { kind: "report"; report: StoredReport };
