import assert from "node:assert/strict";
import { EVENTS } from "../../scripts/reference/events.ts";

/** The object, when docs/reference.md describes an event with these members. Fails otherwise. */
export function describedEvent(
  object: Record<string, unknown>,
): Record<string, unknown> {
  const { event, ...members } = object;
  const described = EVENTS.filter((one) => one.event === event);
  assert.ok(described.length > 0, `no event is called ${event}`);
  const strange = described.map((one) => {
    const known = one.members.split(" ");
    return Object.keys(members).filter((name) => !known.includes(name));
  });
  assert.ok(
    strange.some((names) => names.length === 0),
    `the event ${event} is not described with ${strange.join(" or ")}`,
  );
  return object;
}
