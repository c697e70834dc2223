import type { Fault } from "./fault_types.ts";
import { PushedRequests } from "./pushed_requests.ts";
import { type Received, ReportStore } from "./report_store.ts";
import { epochSeconds, Store } from "./store.ts";
import type {
  DeviceAudience,
  Lookup,
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
  readonly store: Store;
  readonly reportStore: ReportStore;
  readonly reports: StoredReport[];
  readonly requests: RequestRecord[] = [];
  readonly faults: Fault[] = [];
  readonly apiKeys: Set<string>;
  readonly deviceIntervalSeconds: number;
  readonly deviceAudience: DeviceAudience;
  readonly deviceErrors: "authelia" | "standard";
  readonly pushedRequests: PushedRequests;
  readonly responseMode: "query" | "form_post";
  readonly counts: TokenCounts = {
    pushedAuthorizationRequests: 0,
    codeGrants: 0,
    refreshGrants: 0,
    deviceGrants: 0,
    revocations: 0,
    refusedTokenRequests: 0,
  };
  isAllowed = true;
  discovery: boolean;
  metadata: MetadataEdit | undefined;
  readonly lookup: Lookup;
  readonly #lookupAtFirst: Lookup;
  requestCount = 0;
  readonly #keepRequests: number;
  readonly #honourIdempotencyKey: boolean;
  readonly #onEvent: (event: SandboxEvent) => void;

  constructor(address: string, options: SandboxOptions) {
    this.address = address;
    this.issuer = `https://${address}/auth`;
    this.audiences = ["hardpy", "integration"].map((mode) =>
      `https://${address}/${mode}/api/v1`
    );
    this.reportStore = new ReportStore({
      keepTexts: options.keepTexts ?? true,
    });
    this.reports = this.reportStore.reports;
    this.#keepRequests = options.keepRequests ?? Infinity;
    this.#honourIdempotencyKey = options.honourIdempotencyKey ?? false;
    this.apiKeys = new Set(options.apiKeys);
    this.deviceIntervalSeconds = options.deviceIntervalSeconds ?? 10;
    this.deviceAudience = options.deviceAudience ?? "never";
    this.deviceErrors = options.deviceErrors ?? "authelia";
    const pushedSeconds = options.pushedRequestSeconds ?? 300;
    this.pushedRequests = new PushedRequests(pushedSeconds);
    this.store = new Store(pushedSeconds);
    this.responseMode = options.responseMode ?? "query";
    this.discovery = options.discovery ?? true;
    this.metadata = options.metadata;
    this.#lookupAtFirst = options.lookup ?? {};
    this.lookup = { ...options.lookup };
    this.#onEvent = options.onEvent ?? (() => {});
  }

  addRequest(request: RequestRecord): void {
    this.requestCount++;
    this.requests.push(request);
    // Not one by one: each would move all the others.
    if (this.requests.length >= 2 * this.#keepRequests) {
      this.requests.splice(0, this.requests.length - this.#keepRequests);
    }
    this.#onEvent({ kind: "request", request });
  }

  /** Stores the report and returns its id, or the id of the first that came with its key. */
  addReport(received: Received): string {
    const key = received.headers["idempotency-key"];
    if (this.#honourIdempotencyKey && key !== undefined) {
      const first = this.reportStore.firstIdWith(key, received.id);
      if (first !== received.id) return first;
    }
    const report = this.reportStore.add(received);
    this.#onEvent({ kind: "report", report });
    return report.id;
  }

  revokeAllTokens(): void {
    this.store.model("AccessToken").clear();
    this.store.model("RefreshToken").clear();
  }

  expireAccessTokens(): void {
    this.#expire("AccessToken");
  }

  expirePushedRequests(): void {
    this.pushedRequests.expire();
    this.#expire("PushedAuthorizationRequest");
  }

  expireDeviceCodes(): void {
    this.#expire("DeviceCode");
  }

  #expire(model: string): void {
    for (const payload of this.store.model(model).values()) {
      payload.exp = epochSeconds() - 1;
    }
  }

  /** Forgets faults, reports, requests and counts; logins and API keys stay. */
  reset(): void {
    this.isAllowed = true;
    this.faults.length = 0;
    this.reportStore.clear();
    this.requests.length = 0;
    this.requestCount = 0;
    for (const name of Object.keys(this.counts) as (keyof TokenCounts)[]) {
      this.counts[name] = 0;
    }
    for (const name of Object.keys(this.lookup) as (keyof Lookup)[]) {
      delete this.lookup[name];
    }
    Object.assign(this.lookup, this.#lookupAtFirst);
  }
}
