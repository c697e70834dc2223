import type { FactoryFile } from "./factory.ts";
import type { RunFacts } from "./run_facts.ts";

const AT = Date.UTC(2026, 0, 7) / 1000;

/** Each with something that a run should not have. */
export const ODD_RUNS: readonly RunFacts[] = [
  { start: AT, status: "run", serial: "unfinished" },
  { start: AT, status: "ready" },
  { start: AT, status: "PASSED" },
  { start: null, stop: null, status: "failed", serial: "no time" },
  { start: String(AT), stop: "soon", status: "passed", serial: "text time" },
  { start: null, stop: AT + 5, status: "passed", serial: "only a stop" },
  { start: AT + 0.75, stop: AT + 2.5, status: "passed", serial: "fraction" },
  { start: AT, stop: null, status: "passed", serial: "no stop", name: null },
  { start: AT * 1000, status: "passed", serial: "milliseconds" },
  { start: -AT, status: "passed", serial: "before 1970" },
  { start: AT, status: "stopped", serial: "never judged" },
  { start: AT + 60, status: "skipped", serial: "never judged" },
  { start: AT, status: "passed", serial: 12345, part: 7, stand: ["x"] },
  { start: AT, status: "passed", serial: "\u00a0kept\u00a0", part: "\fP\v" },
  { start: AT, status: "failed", part: "P", process: { number: 3.5 } },
  { start: AT, status: "failed", part: "P", process: { number: "3" } },
  { start: AT, status: "error", part: "P", process: { name: " ", number: 4 } },
  { start: AT, status: "passed", serial: "test" },
  {
    start: AT,
    status: "failed",
    serial: "SN-77",
    cause: "test_x::test_gone",
    cases: [
      {
        module: "test_x",
        key: "test_y[a::b]",
        status: "error",
        to: -5,
        msg: { one: 5, two: "SN-77 SN-77 \f\v text" },
      },
      { module: "test_z", key: "test_y", status: "failed", attempt: 0 },
    ],
  },
];

/** What a folder holds beside runs. */
export const BROKEN_FILES: readonly FactoryFile[] = [
  { path: "broken/empty.json", content: "" },
  { path: "broken/cut.json", content: '{"modules": {"test_a": {"cas' },
  { path: "broken/binary.json", content: new Uint8Array([0xff, 0xfe, 0, 1]) },
  { path: "broken/gzip.json.gz", content: new Uint8Array([0x1f, 0x8b, 8, 0]) },
  { path: "broken/list.json", content: "[1, 2]" },
  { path: "broken/number.json", content: "12" },
  { path: "broken/package.json", content: '{"dependencies": {}}' },
  { path: "broken/nan.json", content: '{"a": NaN}' },
  { path: "state.json", content: '{"modules": {}, "progress": 5}' },
  { path: "storage/statestore/localhost_8000.json", content: "{}" },
  { path: "._r1.json", content: "resource fork" },
  { path: "notes.txt", content: "not read" },
  { path: "bare.json", content: '{"modules": {}}' },
];
