import { fromRoot } from "../compile/paths.ts";
import { run } from "./environment.ts";
import { type Factory, writeFactory } from "./factory/factory.ts";
import { differencesOf, type Event, holds } from "./stats_events.ts";

/** One comparison for each of these, of every factory. */
const FLAGS: readonly (readonly string[])[] = [
  [],
  ["--by", "day"],
  ["--by", "week"],
  ["--by", "day", "--timezone", "Pacific/Auckland"],
  ["--by", "batch"],
  ["--by", "part-number"],
  ["--by", "operator"],
  ["--by", "process"],
  ["--all-attempts"],
];

export interface Compared {
  readonly name: string;
  /** Of both programs. */
  readonly runs: number;
  readonly events: number;
  readonly fields: number;
  readonly mistakes: readonly string[];
}

/** Also looks whether both found what was planted. */
export async function compareFactory(
  binary: string,
  factory: Factory,
): Promise<Compared> {
  const folder = await Deno.makeTempDir({ prefix: "standcloud-factory-" });
  try {
    await writeFactory(folder, factory);
    const calls = [...FLAGS, ...factory.flags].map((flags) => [
      ...flags,
      folder,
    ]);
    const compared = await compareCalls(binary, factory.name, calls);
    const events = await eventsOf(binary, ["stats", "--json", folder]);
    return {
      ...compared,
      mistakes: [...compared.mistakes, ...lostTruths(factory, events)],
    };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

export async function compareFolders(
  binary: string,
  folders: readonly string[],
): Promise<Compared> {
  const calls = folders.flatMap((folder) =>
    [[], ["--all-attempts", "--by", "day"]].map((flags) => [...flags, folder])
  );
  return await compareCalls(binary, "runs of HardPy", calls);
}

async function compareCalls(
  binary: string,
  name: string,
  calls: readonly (readonly string[])[],
): Promise<Compared> {
  const mistakes: string[] = [];
  let [events, fields] = [0, 0];
  const script = fromRoot("scripts/interop/stats/main.py");
  for (const call of calls) {
    const [ours, theirs] = await Promise.all([
      eventsOf(binary, ["stats", "--json", ...call]),
      eventsOf("python3", ["-B", script, ...call]),
    ]);
    const found = differencesOf(ours, theirs);
    const flags = call.slice(0, -1).join(" ");
    mistakes.push(...found.map((line) => `${name} ${flags}: ${line}`));
    events += ours.length;
    fields += ours.reduce((sum, one) => sum + valuesIn(one), 0);
  }
  return { name, runs: calls.length, events, fields, mistakes };
}

/** The exit code does not matter: with broken documents it is 5. */
async function eventsOf(
  program: string,
  args: readonly string[],
): Promise<Event[]> {
  const output = await run(program, args, { accepts: [0, 5] });
  return output.trimEnd().split("\n").map((line) => JSON.parse(line));
}

function lostTruths(
  { name, truths }: Factory,
  events: readonly Event[],
): string[] {
  return truths.flatMap(({ of, is }) => {
    const found = events.filter((event) => holds(of, event));
    const isThere = found.length > 0 && found.every((one) => holds(is, one));
    const what = `${JSON.stringify(of)} ${JSON.stringify(is)}`;
    return isThere ? [] : [`${name}: ${what} was planted and not found`];
  });
}

function valuesIn(value: unknown): number {
  return typeof value === "object" && value !== null
    ? Object.values(value).reduce((sum, one) => sum + valuesIn(one), 0)
    : 1;
}
