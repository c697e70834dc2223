import { healthEvent, healthLine } from "../../inspect/health/health_text.ts";
import { version } from "../../system/build.ts";
import type { CommandInput } from "../command_input.ts";
import type { CommonFlags } from "../flags.ts";
import { standHealth } from "../stand_health.ts";

export interface HealthFlags extends CommonFlags {
  readonly maxAge?: number;
  readonly metrics?: string;
}

/** Says in one line whether this stand is all right. */
export async function health(
  input: CommandInput<HealthFlags>,
): Promise<number> {
  const { system, output, flags } = input;
  const found = await standHealth(input, { maxAgeSeconds: flags.maxAge });
  if (flags.metrics !== undefined) {
    const { writeMetrics } = await import("../../inspect/health/metrics.ts");
    await writeMetrics(system, flags.metrics, { health: found, version });
  }
  const now = system.clock.now();
  output.result(
    healthEvent(found, version),
    [healthLine(found, { now, version })],
    found.exitCode === 0,
  );
  return found.exitCode;
}
