/**
 * All that can happen to a document on its way to StandCloud: its state, what
 * has happened, its next state, and what is to be done.
 *
 * `reading`: its source is read. `ready`: it can be sent. `unsent`: a rule holds
 * it back, or nothing is tried any more. `claimed`: the ledger says durably that
 * this process sends it. `pausing`: it is tried again after a while.
 */
export const TRANSITIONS = [
  ["reading", "sendable", "ready", "claim"],
  ["reading", "refused by a rule", "unsent", "ask"],
  // It is no run to send now.
  ["reading", "not sendable", "held", "report"],
  // Or a later state of its run takes its place.
  ["reading", "not meant", "left", "drop"],
  ["reading", "fuller form under way", "pausing", "sleep"],
  ["reading", "fuller form waiting", "left", "drop"],
  // Other documents have to be seen first.
  ["reading", "not yet", "left", "put off"],
  // When it is read again, its source does not hold it any more.
  ["reading", "gone", "waiting", "report"],
  ["reading", "busy", "pausing", "sleep"],
  ["reading", "known uploaded", "uploaded", "report"],
  ["reading", "known rejected", "rejected", "report"],
  // The upload ends before its time.
  ["reading", "stopped", "waiting", "report"],

  // The answers of the ledger.
  ["ready", "claimed", "claimed", "send"],
  ["ready", "busy", "pausing", "sleep"],
  ["ready", "known uploaded", "uploaded", "report"],
  ["ready", "known rejected", "rejected", "report"],
  // Nothing is tried now, or any more in this upload.
  ["ready", "paused", "pausing", "sleep"],
  ["ready", "given up", "waiting", "report"],
  ["ready", "stopped", "waiting", "report"],

  ["unsent", "not known", "held", "report"],
  ["unsent", "busy", "pausing", "sleep"],
  ["unsent", "known uploaded", "uploaded", "report"],
  ["unsent", "stopped", "waiting", "report"],

  // The ends of a request.
  ["claimed", "arrived", "uploaded", "report"],
  ["claimed", "refused", "rejected", "report"],
  ["claimed", "failed", "pausing", "sleep"],
  ["claimed", "stopped", "waiting", "report"],

  // The ends of a pause.
  ["pausing", "due", "reading", "read"],
  ["pausing", "too late", "waiting", "report"],
  ["pausing", "stopped", "waiting", "report"],
] as const;

type Transition = typeof TRANSITIONS[number];
export type DocumentState = Transition[0] | Transition[2];
export type DocumentEvent = Transition[1];
type DocumentAction = Transition[3];

/** How a document ends: with a report, without one, or to come once more after others. */
const ENDS = ["report", "drop", "put off"] as const;
export type DocumentEnd = typeof ENDS[number];

export function isEnd(action: DocumentAction): action is DocumentEnd {
  return (ENDS as readonly DocumentAction[]).includes(action);
}

/** What is to be done until then. */
export type DocumentWork = Exclude<DocumentAction, DocumentEnd>;

/** What happens next to a document, for an event that its state allows. */
export function step(
  state: DocumentState,
  event: DocumentEvent,
): { state: DocumentState; action: DocumentAction } {
  const next = TRANSITIONS.find(([from, on]) => from === state && on === event);
  if (next === undefined) throw new Error(`No step from ${state} on ${event}`);
  return { state: next[2], action: next[3] };
}
