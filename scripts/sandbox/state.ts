import { Store } from "./store.ts";
import type {
  Fault,
  MetadataEdit,
  RequestRecord,
  SandboxEvent,
  SandboxOptions,
  StoredReport,
  TokenCounts,
} from "./types.ts";

/** What every part of a running sandbox shares. */
export class State {
  readonly address: string;
  readonly issuer: string;
  /** The audiences that the client may ask for: the API bases. */
  readonly audiences: readonly string[];
  readonly user = { name: "demo", password: "demo-password" };
  readonly store: Store = new Store();
  readonly reports: StoredReport[] = [];
  readonly requests: RequestRecord[] = [];
  readonly faults: Fault[] = [];
  readonly apiKeys: Set<string>;
  readonly deviceIntervalSeconds: number;
  readonly counts: TokenCounts = {
    pushedAuthorizationRequests: 0,
    codeGrants: 0,
    refreshGrants: 0,
    deviceGrants: 0,
    revocations: 0,
    refusedTokenRequests: 0,
  };
  discovery: boolean;
  metadata: MetadataEdit | undefined;
  readonly #onEvent: (event: SandboxEvent) => void;

  constructor(address: string, options: SandboxOptions) {
    this.address = address;
    this.issuer = `https://${address}/auth`;
    this.audiences = ["hardpy", "integration"].map((mode) =>
      `https://${address}/${mode}/api/v1`
    );
    this.apiKeys = new Set(options.apiKeys);
    this.deviceIntervalSeconds = options.deviceIntervalSeconds ?? 10;
    this.discovery = options.discovery ?? true;
    this.metadata = options.metadata;
    this.#onEvent = options.onEvent ?? (() => {});
  }

  addRequest(request: RequestRecord): void {
    this.requests.push(request);
    this.#onEvent({ kind: "request", request });
  }

  addReport(report: StoredReport): void {
    this.reports.push(report);
    this.#onEvent({ kind: "report", report });
  }
}
