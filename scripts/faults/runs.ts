import type { Ended } from "./program.ts";
import { type Broken, unlessDone } from "./promise.ts";
import type { Stand } from "./stand.ts";

/** So many runs lie in the folder of a scenario. */
export const RUNS = 4;

/** Whether StandCloud has each run once; a run that is told as perhaps doubled may be there twice. */
export function arrivals(
  { sandbox }: Stand,
  said: readonly Ended[],
): Broken[] {
  const arrived = Map.groupBy(sandbox.reports, ({ body }) => serialOf(body));
  const serials = Array.from({ length: RUNS }, (_, index) => `SN-${index}`);
  return serials.flatMap((serial): Broken[] => {
    const count = arrived.get(serial)?.length ?? 0;
    if (count === 0) return [{ kind: "lost", text: `${serial} never arrived` }];
    if (count === 1 || isTold(serial, said)) return [];
    return [{ kind: "doubled", text: `${serial} arrived ${count} times` }];
  });
}

function serialOf(body: Record<string, unknown>): string {
  const dut = body["dut"] as Record<string, unknown>;
  return String(dut["serial_number"]);
}

function isTold(serial: string, said: readonly Ended[]): boolean {
  return said.some(({ stdout }) =>
    stdout.split("\n").some((line) =>
      line.includes(serial) && line.includes('"possibly_duplicate":true')
    )
  );
}

/** The command once more, which has to send what is left. */
export async function sendAgain(
  stand: Stand,
  faulty: Ended,
  args: readonly string[],
): Promise<Broken[]> {
  const broken = faulty.code === 0 ? arrivals(stand, [faulty]) : [];
  const again = await stand.run(args);
  return [
    ...broken,
    ...unlessDone(again, "lost"),
    ...arrivals(stand, [faulty, again]),
  ];
}

export async function loginWorks(stand: Stand): Promise<Broken[]> {
  return unlessDone(await stand.run(["sc-login", "--check"]), "login");
}
