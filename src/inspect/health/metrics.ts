import type { System } from "../../system/system.ts";
import {
  type Health,
  HEALTH_EXIT_CODES,
  LOGIN_STATES,
  type RunCounts,
} from "./health.ts";

interface Metric {
  readonly name: string;
  readonly help: string;
  /** A metric without a sample is left out. */
  readonly samples: readonly (readonly [labels: Labels, value: number])[];
}

type Labels = Readonly<Record<string, string>>;

/**
 * Replaces a file of metrics in one step, so that the node exporter never reads
 * half of it.
 *
 * @throws `output_unwritable`
 */
export async function writeMetrics(
  { outputFiles }: Pick<System, "outputFiles">,
  file: string,
  { health, version }: { health: Health; version: string },
): Promise<void> {
  await outputFiles.write(file, metricsText(health, version));
}

/** The state of a stand in Prometheus's text format. */
export function metricsText(health: Health, version: string): string {
  return metricsOf(health, version).filter(({ samples }) => samples.length > 0)
    .flatMap(({ name, help, samples }) => [
      `# HELP ${name} ${help}`,
      `# TYPE ${name} gauge`,
      ...samples.map(([labels, value]) =>
        `${name}${labelText(labels)} ${value}`
      ),
    ])
    .map((line) => `${line}\n`).join("");
}

function metricsOf(health: Health, version: string): Metric[] {
  const address = health.address ?? "";
  return [
    {
      name: "standcloud_reports",
      help: "Runs in the ledger of this stand, by state.",
      samples: Object.entries(health.counts)
        .map(([state, count]) => [{ state }, count] as const),
    },
    ...timeMetrics(health),
    {
      name: "standcloud_login_state",
      help: "How this stand is logged in: 1 for the state that it is in.",
      samples: LOGIN_STATES.map((state) =>
        [{ address, state }, state === health.login ? 1 : 0] as const
      ),
    },
    {
      name: "standcloud_health_state",
      help: "What standcloud health says: 1 for the state that it is in.",
      samples: Object.keys(HEALTH_EXIT_CODES).map((state) =>
        [{ state }, state === health.state ? 1 : 0] as const
      ),
    },
    {
      name: "standcloud_build_info",
      help: "The version of the program that wrote this file.",
      samples: [[{ version }, 1]],
    },
  ];
}

function timeMetrics({ oldestWaitingAt, lastUploadedAt }: RunCounts): Metric[] {
  return [
    {
      name: "standcloud_oldest_waiting_timestamp_seconds",
      help:
        "Since when the run waits that waits longest; absent when none does.",
      samples: timeSample(oldestWaitingAt),
    },
    {
      name: "standcloud_last_upload_timestamp_seconds",
      help: "When StandCloud took a run last; absent before the first one.",
      samples: timeSample(lastUploadedAt),
    },
  ];
}

function timeSample(time: Date | null): Metric["samples"] {
  return time === null ? [] : [[{}, time.getTime() / 1000]];
}

const ESCAPES: Labels = { "\\": "\\\\", '"': '\\"', "\n": "\\n" };

function labelText(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) =>
    `${name}="${
      value.replace(/["\\\n]/g, (character) => ESCAPES[character] ?? "")
    }"`
  );
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}
