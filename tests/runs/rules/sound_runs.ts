import { offsetsOf } from "../../../src/runs/json/offsets.ts";
import { Lines } from "../../../src/runs/json/lines.ts";
import { rootOf } from "../../../src/runs/json/slices.ts";
import type { Example, Rule } from "../../../src/runs/rules/rule.ts";
import { Run } from "../../../src/runs/run.ts";

const times = { "start_time": 1771490002, "stop_time": 1771490040 };

const currentCase = (name: string) => ({
  status: "passed",
  ...times,
  name,
  "assertion_msg": null,
  msg: null,
  measurements: [],
  chart: null,
  attempt: 1,
  group: "main",
  artifact: {},
});

/** A run of HardPy 0.22 that no rule has anything to say about. */
const CURRENT = {
  status: "passed",
  ...times,
  name: "sensor_board",
  rev: "localhost_8000",
  id: "localhost_8000",
  "test_stand": {
    "hw_id": "5b0e7c1d94a24f6e8d3b60f7a1c29e84",
    name: "bench-3",
    revision: null,
    timezone: "Europe/Berlin",
    location: null,
    number: null,
    drivers: {},
    instruments: [],
    info: {},
  },
  dut: {
    name: "Climate sensor board",
    type: null,
    "serial_number": "CSB-000117",
    "part_number": "CSB-204",
    revision: "C",
    "sub_units": [],
    info: {},
  },
  process: { name: "End of line", number: 40, info: {} },
  modules: {
    "test_supply": {
      status: "passed",
      ...times,
      name: "Supply",
      cases: {
        "test_rail": currentCase("Rail 3V3"),
        "test_standby": currentCase("Standby current"),
      },
      group: "main",
      artifact: {},
    },
  },
  user: null,
  "batch_serial_number": null,
  "caused_dut_failure_id": null,
  "error_code": null,
  artifact: {},
};

const earlyCase = (name: string) => ({
  status: "passed",
  ...times,
  name,
  "assertion_msg": null,
  msg: null,
  artifact: {},
});

/** The same of HardPy 0.12. */
const EARLY = {
  status: "passed",
  ...times,
  name: "sensor_board",
  rev: "11-77aa0d5ce1b94c3d8d2f6ab1c0e94f32",
  id: "current",
  "test_stand": {
    "hw_id": "5b0e7c1d94a24f6e8d3b60f7a1c29e84",
    name: "bench-3",
    timezone: "Europe/Berlin",
    drivers: {},
    info: {},
    location: null,
    number: null,
  },
  dut: { "serial_number": "CSB-000117", "part_number": "CSB-204", info: {} },
  modules: {
    "test_supply": {
      status: "passed",
      ...times,
      name: "Supply",
      cases: {
        "test_rail": earlyCase("Rail 3V3"),
        "test_standby": earlyCase("Standby current"),
      },
      artifact: {},
    },
  },
  artifact: {},
};

export function soundRun(profile: Rule["profile"]): string {
  return JSON.stringify(profile === "early" ? EARLY : CURRENT, null, 2);
}

export function runOf(text: string): Run {
  return new Run(new Lines(text), rootOf(text), { value: JSON.parse(text) });
}

/** A sound run with the example's text in the place of the value at its pointer. */
export function runWith(
  { at, json }: Example,
  profile: Rule["profile"] = "current",
): Run {
  const text = soundRun(profile);
  const start = offsetsOf({ text, root: rootOf(text) }, [at]).get(at) ?? 0;
  const { end } = rootOf(text, start);
  return runOf(text.slice(0, start) + json + text.slice(end));
}
