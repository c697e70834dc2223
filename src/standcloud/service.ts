import type { HttpClient } from "../system/http_client.ts";
import type { Address } from "./address.ts";

/** A StandCloud service and the way to reach it. */
export interface Service {
  readonly address: Address;
  readonly http: HttpClient;
}
