import { Ajv } from "ajv";
import assert from "node:assert/strict";
import { fromRoot } from "../../scripts/compile/paths.ts";
import { EVENT_SCHEMA } from "../../scripts/reference/event_schema.ts";

interface Schema {
  [keyword: string]: unknown;
  properties?: Record<string, Schema>;
  definitions?: Record<string, Schema>;
}

const published: Schema = JSON.parse(
  await Deno.readTextFile(fromRoot(EVENT_SCHEMA)),
);

/** The published schema allows members of later versions. This version has none. */
function withoutStrangers(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withoutStrangers);
  if (typeof schema !== "object" || schema === null) return schema;
  const inner = Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [
      key,
      withoutStrangers(value),
    ]),
  );
  const isObject = inner["type"] === "object" && "properties" in inner;
  return isObject ? { ...inner, additionalProperties: false } : inner;
}

const ajv = new Ajv({ allowUnionTypes: true });
ajv.addSchema(withoutStrangers(published) as Schema, "events");

/** The object, when docs/events.schema.json describes it. Fails otherwise. */
export function checkedEvent(
  object: Record<string, unknown>,
): Record<string, unknown> {
  const { event } = object;
  const named = Object.entries(published.definitions ?? {})
    .filter(([, { properties = {} }]) => {
      const { const: one, enum: several } = properties["event"] ?? {};
      return one === event ||
        (Array.isArray(several) && several.includes(event));
    });
  assert.ok(named.length > 0, `no event is called ${event}`);
  const faults = [];
  for (const [name] of named) {
    const isValid = ajv.validate(`events#/definitions/${name}`, object);
    if (isValid) return object;
    faults.push(`${name}: ${ajv.errorsText()}`);
  }
  assert.fail(`${JSON.stringify(object)}\n${faults.join("\n")}`);
}
