import type { DescribedEvent } from "./described_event.ts";
import { RUN_EVENTS } from "./run_events.ts";
import { STAND_EVENTS } from "./stand_events.ts";
import type { Rows } from "./table.ts";

/** Every event of the program, in alphabetical order. */
export const EVENTS: readonly DescribedEvent[] = [
  ...RUN_EVENTS,
  ...STAND_EVENTS,
].sort((a, b) => a.event < b.event ? -1 : a.event > b.event ? 1 : 0);

export function eventRows(): Rows {
  return [
    ["`event`", "from", "members", "notes"],
    ...EVENTS.map(({ event, from, members, notes = {} }) => [
      `\`${event}\``,
      from,
      members.split(" ").map((name) => `\`${name}\``).join(", "),
      Object.entries(notes).map(([name, note]) => `\`${name}\`: ${note}.`)
        .join(" "),
    ]),
  ];
}
