import * as z from "../../src/system/schema.ts";
import type { Fault, FaultAction } from "./fault_types.ts";

/** A fault as the control endpoint takes and lists it. */
export interface FaultDescription extends Omit<Fault, "match"> {
  method?: string;
  /** `*` stands for anything; default every path. */
  path?: string;
}

const kind = z.string();
const flag = z.optional(z.boolean());
const texts = z.custom(
  (value) =>
    typeof value === "object" && value !== null && !Array.isArray(value) &&
    Object.values(value).every((text) => typeof text === "string"),
  "an object of texts",
);
const milliseconds = whole(0, 3_600_000);
const bytesPerSecond = whole(1, 1_000_000_000);
const status = whole(200, 599);

/** What each action needs beside its kind. */
const actions: Record<FaultAction["kind"], Shape> = {
  respond: {
    status,
    headers: z.optional(texts),
    body: z.optional(z.string()),
  },
  "too_many_requests": { retryAfterSeconds: whole(0, 1e6), asDate: flag },
  unauthorized: {},
  "sign_in_page": {},
  "redirect_to_sign_in": { status: z.optional(whole(300, 399)) },
  delay: { milliseconds },
  reset: {},
  "slow_read": { bytesPerSecond },
  "commit_then_drop": {},
  "commit_then_delay": { milliseconds },
  "break_answer": {},
  "truncate_answer": { status: z.optional(status) },
  "slow_answer": { bytesPerSecond },
  "close_connection": { announced: flag },
};

type Shape = Parameters<typeof z.strictObject>[0];

/** The kinds of action, in the order in which they are documented. */
export const FAULT_KINDS: readonly string[] = Object.keys(actions);

const description = z.strictObject({
  method: z.optional(z.string()),
  path: z.optional(z.string()),
  times: z.optional(whole(1, 1e9)),
  after: z.optional(whole(0, 1e9)),
  probability: z.optional(between(0, 1)),
  seed: z.optional(whole(0, 2 ** 32 - 1)),
  action: z.custom(
    (value) =>
      FAULT_KINDS.includes((value as Partial<FaultAction>)?.kind ?? ""),
    `an object with a "kind" of: ${FAULT_KINDS.join(", ")}`,
  ),
});

const lookup = z.strictObject({
  status: z.optional(z.nullable(whole(403, 405))),
  maximumRows: z.optional(z.nullable(whole(1, 1e9))),
  earlierRuns: z.optional(z.nullable(whole(0, 1e9))),
  serialNumberFilter: z.optional(z.nullable(z.boolean())),
});

export interface LookupChange {
  status?: number | null;
  maximumRows?: number | null;
  earlierRuns?: number | null;
  serialNumberFilter?: boolean | null;
}

/** Throws a TypeError that says what is wrong with which field. */
export function parseFault(value: unknown): FaultDescription {
  const fault = checked(description, value, "") as FaultDescription;
  const { kind: name } = fault.action;
  checked(z.strictObject({ kind, ...actions[name] }), fault.action, "action.");
  return fault;
}

/** `null` sets a field back. Throws as `parseFault`. */
export function parseLookup(value: unknown): LookupChange {
  return checked(lookup, value, "") as LookupChange;
}

/** What the endpoint does with the tokens. Throws as `parseFault`. */
export function parseTokenAction(value: unknown): "expire" | "revoke" {
  const action = z.custom(
    (text) => text === "expire" || text === "revoke",
    '"expire" or "revoke"',
  );
  const { action: parsed } = checked(z.strictObject({ action }), value, "") as {
    action: "expire" | "revoke";
  };
  return parsed;
}

/** Whether the account may use the API. Throws as `parseFault`. */
export function parseAccess(value: unknown): boolean {
  const allowed = z.custom((it) => typeof it === "boolean", "true or false");
  const parsed = checked(z.strictObject({ allowed }), value, "");
  return (parsed as { allowed: boolean }).allowed;
}

function checked(
  schema: Parameters<typeof z.safeParse>[0],
  value: unknown,
  prefix: string,
): unknown {
  const { data, error } = z.safeParse(schema, value);
  if (error === undefined) return data;
  throw new TypeError(
    error.issues.map((issue) =>
      issue.code === "unrecognized_keys"
        ? `there is no ${prefix}${issue.keys.join(", ")}`
        : `${prefix}${issue.path.join(".")}: ${issue.message}`
    ).join("; "),
  );
}

function whole(
  minimum: number,
  maximum: number,
): ReturnType<typeof z.custom<number>> {
  return z.custom(
    (value) =>
      Number.isInteger(value) && Number(value) >= minimum &&
      Number(value) <= maximum,
    `a whole number from ${minimum} to ${maximum}`,
  );
}

function between(
  minimum: number,
  maximum: number,
): ReturnType<typeof z.custom<number>> {
  return z.custom(
    (value) =>
      typeof value === "number" && value >= minimum && value <= maximum,
    `a number from ${minimum} to ${maximum}`,
  );
}
