import { randomFrom } from "../../tests/support/random.ts";

type Row = Record<string, unknown>;

/** Samples of serial numbers and texts, the difficult ones too. */
const SERIALS = [null, "", "A-1", "a-1", "A,1", 'say "x"', "two\nlines", "Ü €"];
const STATUSES = [
  "pass",
  "pass",
  "PASS",
  "Pass",
  "fail",
  "FAIL",
  "skip",
  "stop",
];
const STAGES = ["ICT", "ICT", "ICT", "ict", "", " ", null, 7];
const CUSTOM = [null, "", "C-1", 'q"u,o', 12, 12345678901234567890n, true, 0.5];

/**
 * Rows of `test_run` with all that the SDK takes: few serial numbers, stages
 * and times, so that they meet. JSON texts, for some numbers are long.
 */
export function deviceRows(seed: number, count: number): string[] {
  const random = randomFrom(seed);
  const pick = <T>(values: readonly T[]): T =>
    values[Math.floor(random() * values.length)] as T;
  const serials = [
    ...SERIALS,
    ...Array.from({ length: Math.ceil(count / 8) }, (_, i) => `SN-${i}`),
  ];
  // Python compares no time that has a zone with one that has none.
  const timeOf = pick([zonedTime, localTime]);
  return Array.from({ length: count }, (_, index): string => {
    const row: Row = {
      "test_run_id": uuid(index),
      "test_plan_name": "plan",
      "number_of_attempt": 1,
      status: pick(STATUSES),
      "status_icon": "✅",
      "serial_number": pick(serials),
      "part_number": pick(["PN-1", "PN-1", "PN,2"]),
      "test_stand_hw_id": "hw",
      "test_stand_name": "stand",
      "test_stand_number": null,
      "test_stand_location": null,
      unknown: [{ "start_time": 1 }],
    };
    if (random() < 0.95) row["start_time"] = timeOf(random, pick);
    if (random() < 0.9) {
      row["test_stand_info"] = random() < 0.9 ? { stage: pick(STAGES) } : {};
    }
    if (random() < 0.9) {
      row["dut_info"] = random() < 0.8 ? { "SerialNumber": pick(CUSTOM) } : {};
    }
    return jsonOf(row);
  });
}

type Pick = <T>(values: readonly T[]) => T;

function zonedTime(random: () => number, pick: Pick): unknown {
  if (random() < 0.05) return null;
  if (random() < 0.05) return 1_767_225_600 + Math.floor(random() * 9);
  return localTime(random, pick) +
    pick(["Z", "Z", "+00:00", "+02:00", "-0530"]);
}

function localTime(random: () => number, pick: Pick): string {
  const minutes = String(Math.floor(random() * 10)).padStart(2, "0");
  const fraction = pick(["", "", ".5", ".000001", ".123456", ".000"]);
  return `2026-01-01${pick(["T", "T", " "])}0${
    pick([0, 1, 2])
  }:${minutes}:07${fraction}`;
}

function uuid(index: number): string {
  return `0190f2d5-0000-7000-8000-${String(index).padStart(12, "0")}`;
}

function jsonOf(row: Row): string {
  const long: string[] = [];
  const text = JSON.stringify(row, (_key, value) => {
    if (typeof value !== "bigint") return value;
    return `\u0000${long.push(String(value)) - 1}`;
  });
  return text.replace(/"\\u0000(\d+)"/g, (_, at) => long[Number(at)] ?? "");
}
