import { fromRoot } from "../compile/paths.ts";
import { EVENT_SCHEMA } from "./event_schema.ts";
import type { Rows } from "./table.ts";

interface Schema {
  readonly $ref?: string;
  readonly description?: string;
  readonly const?: string;
  readonly enum?: readonly unknown[];
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

/** A row of the table of events for each event, in alphabetical order. */
export async function eventRows(): Promise<Rows> {
  const { definitions } = JSON.parse(
    await Deno.readTextFile(fromRoot(EVENT_SCHEMA)),
  ) as { definitions: Record<string, Schema> };
  const resolved = (schema: Schema): Schema => {
    const name = schema.$ref?.replace("#/definitions/", "");
    return name === undefined ? schema : { ...definitions[name], ...schema };
  };
  const rows = Object.values(definitions)
    .filter(({ properties }) => properties?.["event"] !== undefined)
    .map((one) => rowOf(one, resolved));
  const nameOf = ([cell = ""]: string[]) => cell.replaceAll("`", "");
  rows.sort((a, b) => nameOf(a) < nameOf(b) ? -1 : 1);
  return [["`event`", "from", "members"], ...rows];
}

function rowOf(
  { description = "", properties = {}, required = [] }: Schema,
  resolved: (schema: Schema) => Schema,
): string[] {
  const { event = {}, ...members } = properties;
  const names = event.enum ?? [event.const];
  return [
    names.map((name) => `\`${name}\``).join(", "),
    description.replaceAll("\n", " "),
    Object.entries(members).map(([name, schema]) =>
      memberText(name, resolved(schema), required.includes(name))
    ).join("; "),
  ];
}

function memberText(
  name: string,
  { type, enum: values, description }: Schema,
  isAlwaysThere: boolean,
): string {
  const words = values?.filter((value) => typeof value === "string") ?? [];
  const isNullExplained = description?.includes("Null ") ?? false;
  const canBeNull = values?.includes(null) || type?.includes("null");
  const notes = [
    ...isAlwaysThere ? [] : ["not always there"],
    ...words.map((word) => `\`${word}\``),
    ...canBeNull && !isNullExplained ? ["or null"] : [],
  ].join(", ");
  const details = [
    notes,
    description?.replaceAll("\n", " ").replace(/\.$/, "") ?? "",
  ].filter((text) => text !== "").join(". ");
  return `\`${name}\`${details === "" ? "" : ` (${details})`}`;
}
