import type { FaultAction } from "../../../scripts/sandbox/fault_types.ts";
import type { FaultRow } from "./fault_row.ts";

type Kind = FaultAction["kind"];

/** Long enough for every retry, and never reached. */
const PATIENTLY = ["--retry-for", "60"];
/** For what ends in time-outs. */
const QUICKLY = [...PATIENTLY, "--timeout", "1"];

/** One of each row of the retry policy, whose own test has all of them. */
const PERMANENT = [404, 422, 501];
const TEMPORARY = [429, 503, 500, 520];

const UPLOADED = { exitCode: 0, state: "uploaded", httpStatus: 201 } as const;
const FOUND = { ...UPLOADED, httpStatus: null } as const;
const WAITING = { exitCode: 6, state: "waiting", httpStatus: null } as const;

/** Each kind of fault that the sandbox has; a new one is missed by the compiler. */
const BY_KIND: Record<Kind, FaultRow[]> = {
  respond: [
    ...PERMANENT.map((status): FaultRow => ({
      name: `refuses with ${status}`,
      action: { kind: "respond", status },
      exitCode: 5,
      state: "rejected",
      httpStatus: status,
    })),
    ...TEMPORARY.map((status): FaultRow => ({
      name: `answers ${status} for now`,
      action: { kind: "respond", status },
      times: [2, 8],
      flags: PATIENTLY,
      ...UPLOADED,
    })),
    ...[...TEMPORARY, 200].map((status): FaultRow => ({
      name: `answers ${status} and nothing else`,
      action: { kind: "respond", status },
      ...WAITING,
      httpStatus: status,
    })),
  ],
  "too_many_requests": [false, true].flatMap((asDate): FaultRow[] => {
    const form = asDate ? "a date" : "seconds";
    return [{
      name: `asks for a pause of ${form} that is too long`,
      action: { kind: "too_many_requests", retryAfterSeconds: 3, asDate },
      flags: ["--retry-for", "1"],
      ...WAITING,
      httpStatus: 429,
    }, {
      name: `asks for a pause of ${form}`,
      action: { kind: "too_many_requests", retryAfterSeconds: 1, asDate },
      times: [1, 6],
      flags: PATIENTLY,
      ...UPLOADED,
    }];
  }),
  unauthorized: [{
    name: "does not know the access token, once",
    action: { kind: "unauthorized" },
    times: [1, 1],
    ...UPLOADED,
  }, {
    name: "does not know any access token",
    action: { kind: "unauthorized" },
    exitCode: 3,
    state: "waiting",
    httpStatus: 401,
  }],
  "sign_in_page": [{
    name: "shows its sign-in page with status 200",
    action: { kind: "sign_in_page" },
    exitCode: 4,
    state: "waiting",
    httpStatus: 200,
  }],
  "redirect_to_sign_in": [{
    name: "redirects to its sign-in page",
    action: { kind: "redirect_to_sign_in" },
    exitCode: 3,
    state: "waiting",
    httpStatus: 303,
  }],
  delay: [{
    name: "takes its time",
    action: { kind: "delay", milliseconds: 300 },
    times: [1, 12],
    ...UPLOADED,
  }],
  reset: [{
    name: "resets the connection for now",
    action: { kind: "reset" },
    times: [2, 8],
    flags: PATIENTLY,
    ...UPLOADED,
  }, {
    name: "resets every connection",
    action: { kind: "reset" },
    ...WAITING,
  }],
  "slow_read": [{
    name: "reads so slowly that the time is over",
    // Too slow to be stored while the test lasts: nobody could know of it.
    action: { kind: "slow_read", bytesPerSecond: 10 },
    times: [1, 8],
    flags: QUICKLY,
    ...UPLOADED,
  }],
  "commit_then_drop": [{
    name: "stores reports and drops its answers",
    action: { kind: "commit_then_drop" },
    times: [1, 12],
    flags: PATIENTLY,
    ...FOUND,
  }],
  "commit_then_delay": [{
    name: "stores reports and answers too late",
    action: { kind: "commit_then_delay", milliseconds: 30_000 },
    times: [1, 8],
    flags: QUICKLY,
    ...FOUND,
  }],
  "break_answer": [{
    name: "breaks off within its answers",
    action: { kind: "break_answer" },
    ...UPLOADED,
  }],
  "truncate_answer": [{
    name: "sends half of its answers",
    action: { kind: "truncate_answer" },
    ...UPLOADED,
  }, {
    name: "sends half of its answers with another status",
    action: { kind: "truncate_answer", status: 200 },
    times: [1, 12],
    flags: PATIENTLY,
    exitCode: 0,
    state: "uploaded",
    httpStatus: null,
  }],
  "slow_answer": [{
    name: "dribbles its answers",
    action: { kind: "slow_answer", bytesPerSecond: 5 },
    times: [1, 8],
    flags: QUICKLY,
    ...UPLOADED,
  }],
  "close_connection": [true, false].map((announced): FaultRow => ({
    name: `closes each connection${announced ? "" : " by surprise"}`,
    action: { kind: "close_connection", announced },
    flags: PATIENTLY,
    ...UPLOADED,
  })),
};

export const FAULT_ROWS: readonly FaultRow[] = [
  ...Object.values(BY_KIND).flat(),
  { name: "cannot be reached", action: undefined, ...WAITING },
];
