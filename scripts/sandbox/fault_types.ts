/** One way to misbehave, and when. The first fault that applies to a request is used. */
export interface Fault {
  match: (method: string, path: string) => boolean;
  /** How many requests it applies to; default all. */
  times?: number;
  /** How many requests that match are left alone first; default none. */
  after?: number;
  /** The share of the matching requests that it applies to, 0 to 1; default all. */
  probability?: number;
  /** Of the random numbers behind `probability`; default 1. The same seed, the same choices. */
  seed?: number;
  action: FaultAction;
}

export type FaultAction = InsteadAction | ConnectionAction | AfterwardsAction;

/** Answers without doing anything. */
export type InsteadAction =
  | {
    kind: "respond";
    status: number;
    headers?: Record<string, string>;
    body?: string;
  }
  /** 429 with `Retry-After`, in seconds or as the date that is so far away. */
  | { kind: "too_many_requests"; retryAfterSeconds: number; asDate?: boolean }
  /** 401 as for an access token that is unknown; with `times: 1` it is refused once. */
  | { kind: "unauthorized" }
  /** The sign-in page with status 200, as after a redirect that was followed. */
  | { kind: "sign_in_page" }
  /** The way to the sign-in page; default 302 for a GET and 303 else, as Authelia. */
  | { kind: "redirect_to_sign_in"; status?: number };

/** Nothing is done, or it is done in another time. */
export type ConnectionAction =
  /** Waits, then goes on as if nothing had happened. */
  | { kind: "delay"; milliseconds: number }
  /** Drops the connection without doing anything. */
  | { kind: "reset" }
  /** Takes the request's body no faster than this, then goes on. */
  | { kind: "slow_read"; bytesPerSecond: number };

/** Does the work, so that a report is stored, and then does not answer as it should. */
export type AfterwardsAction =
  /** Drops the connection instead of answering. */
  | { kind: "commit_then_drop" }
  /** Answers late. */
  | { kind: "commit_then_delay"; milliseconds: number }
  /** Sends the headers and half of the answer, then drops the connection. */
  | { kind: "break_answer" }
  /** Sends half of the answer as if it were the whole; default with the status it should have. */
  | { kind: "truncate_answer"; status?: number }
  /** Sends the answer no faster than this. */
  | { kind: "slow_answer"; bytesPerSecond: number }
  /** Ends the connection after the answer: announced by `Connection: close`, or by surprise. */
  | { kind: "close_connection"; announced?: boolean };
