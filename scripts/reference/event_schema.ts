import { createGenerator } from "ts-json-schema-generator";
import { fromRoot } from "../compile/paths.ts";

/** The JSON Schema of every object that `--json` writes. */
export const EVENT_SCHEMA = "docs/events.schema.json";

/**
 * The schema of the type `Event`, made from its TypeScript source. It allows
 * members that it does not name, since later versions may add some.
 */
export function makeEventSchema(): string {
  const schema = createGenerator({
    path: fromRoot("src/cli/events/event.ts"),
    tsconfig: fromRoot("scripts/reference/tsconfig.json"),
    type: "Event",
    expose: "export",
    jsDoc: "extended",
    additionalProperties: true,
    // `deno check` has done that.
    skipTypeCheck: true,
  }).createSchema("Event");
  return `${JSON.stringify(schema, null, 2)}\n`;
}
