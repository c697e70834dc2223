/**
 * The states of a document on its way to StandCloud. The last five are final.
 *
 * `reading`: its source is read. `ready`: it can be sent. `unsent`: a rule holds
 * it back, or nothing is tried any more. `claimed`: the ledger says durably that
 * this process sends it. `pausing`: it is tried again after a while.
 */
export type DocumentState =
  | "reading"
  | "ready"
  | "unsent"
  | "claimed"
  | "pausing"
  | "uploaded"
  | "rejected"
  | "held"
  | "waiting"
  | "left";

/** What has happened to a document. */
export type DocumentEvent =
  /** After reading: it can be sent; a rule holds it back; it is no run to send now. */
  | "sendable"
  | "refused by a rule"
  | "not sendable"
  /** After reading: it is not meant, or a later state of its run takes its place. */
  | "not meant"
  /** After reading: a fuller form of its run is being sent, or waits. */
  | "fuller form under way"
  | "fuller form waiting"
  /** After reading: other documents have to be seen first. */
  | "not yet"
  /** After reading it again: it is not there any more. */
  | "gone"
  /** The answers of the ledger. */
  | "claimed"
  | "busy"
  | "known uploaded"
  | "known rejected"
  | "not known"
  /** Nothing is tried now; nothing is tried any more in this upload. */
  | "paused"
  | "given up"
  /** The ends of a request. */
  | "arrived"
  | "refused"
  | "failed"
  /** The upload ends before its time. */
  | "stopped"
  /** The ends of a pause. */
  | "due"
  | "too late";

/** What is to be done next. The last three are the end. */
export type DocumentAction =
  | "claim"
  | "ask"
  | "send"
  | "sleep"
  | "read"
  | "report"
  | "drop"
  | "put off";

type Row = readonly [
  from: DocumentState,
  event: DocumentEvent,
  to: DocumentState,
  action: DocumentAction,
];

/** All that can happen to a document. */
export const TRANSITIONS: readonly Row[] = [
  ["reading", "sendable", "ready", "claim"],
  ["reading", "refused by a rule", "unsent", "ask"],
  ["reading", "not sendable", "held", "report"],
  ["reading", "not meant", "left", "drop"],
  ["reading", "fuller form under way", "pausing", "sleep"],
  ["reading", "fuller form waiting", "left", "drop"],
  ["reading", "not yet", "left", "put off"],
  ["reading", "gone", "waiting", "report"],
  ["reading", "busy", "pausing", "sleep"],
  ["reading", "known uploaded", "uploaded", "report"],
  ["reading", "known rejected", "rejected", "report"],
  ["reading", "stopped", "waiting", "report"],

  ["ready", "claimed", "claimed", "send"],
  ["ready", "busy", "pausing", "sleep"],
  ["ready", "known uploaded", "uploaded", "report"],
  ["ready", "known rejected", "rejected", "report"],
  ["ready", "paused", "pausing", "sleep"],
  ["ready", "given up", "waiting", "report"],
  ["ready", "stopped", "waiting", "report"],

  ["unsent", "not known", "held", "report"],
  ["unsent", "busy", "pausing", "sleep"],
  ["unsent", "known uploaded", "uploaded", "report"],
  ["unsent", "stopped", "waiting", "report"],

  ["claimed", "arrived", "uploaded", "report"],
  ["claimed", "refused", "rejected", "report"],
  ["claimed", "failed", "pausing", "sleep"],
  ["claimed", "stopped", "waiting", "report"],

  ["pausing", "due", "reading", "read"],
  ["pausing", "too late", "waiting", "report"],
  ["pausing", "stopped", "waiting", "report"],
];

export interface Step {
  readonly state: DocumentState;
  readonly action: DocumentAction;
}

const STEPS = new Map(
  TRANSITIONS.map(([from, event, state, action]) => [
    `${from} ${event}`,
    { state, action },
  ]),
);

/** What happens next to a document, for an event that its state allows. */
export function step(state: DocumentState, event: DocumentEvent): Step {
  const next = STEPS.get(`${state} ${event}`);
  if (next === undefined) throw new Error(`No step from ${state} on ${event}`);
  return next;
}
