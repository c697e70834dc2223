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
  return [["`event`", "from", "members", "notes"], ...rows];
}

function rowOf(
  { description = "", properties = {}, required = [] }: Schema,
  resolved: (schema: Schema) => Schema,
): string[] {
  const { event = {}, ...others } = properties;
  const names = event.enum ?? [event.const];
  const members = Object.entries(others)
    .map(([name, schema]) => [name, resolved(schema)] as const);
  const nullable = members.filter(([, schema]) => canBeNull(schema));
  const optional = members.filter(([name]) => !required.includes(name));
  return [
    names.map((name) => `\`${name}\``).join(", "),
    oneLine(description),
    list(members),
    [
      ...members.flatMap(memberNotes),
      ...nullable.length === 0 ? [] : [`Null if unknown: ${list(nullable)}.`],
      ...optional.length === 0 ? [] : [`Not always there: ${list(optional)}.`],
    ].join(" "),
  ];
}

type Member = readonly [name: string, schema: Schema];

function list(members: readonly Member[]): string {
  return members.map(([name]) => `\`${name}\``).join(", ");
}

/** Without a word on null: that has a sentence of its own, unless the description says it. */
function canBeNull({ type, enum: values, description = "" }: Schema): boolean {
  const isNullable = values?.includes(null) || type?.includes("null");
  return isNullable === true && !description.includes("Null ");
}

function memberNotes(
  [name, { enum: values, description = "" }]: Member,
): string[] {
  const words = values?.filter((value) => typeof value === "string") ?? [];
  const note = oneLine(description).replace(/\.$/, "");
  return [
    ...note === "" ? [] : [`\`${name}\`: ${note}.`],
    ...words.length === 0
      ? []
      : [`\`${name}\`: ${words.map((word) => `\`${word}\``).join(", ")}.`],
  ];
}

function oneLine(description: string): string {
  return description.replaceAll("\n", " ");
}
