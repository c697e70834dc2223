/** A row of `GET test_run`. */
export type Row = Record<string, unknown>;

/** 2023-11-14T22:13:20Z */
const FIRST_START = 1_700_000_000_000;
const RUN_MILLISECONDS = 60_000;
const STATUSES = ["pass", "pass", "fail", "skip", "stop"];
const STAGES = ["ICT", "FCT", "EOL"];

/**
 * Made-up rows, so that a test of a long history needs no uploads. They have the
 * part number, stand and batch that the query names.
 */
export function* earlierRows(
  count: number,
  query: URLSearchParams,
): Generator<Row> {
  const partNumber = query.get("part_number") ?? "PN-EARLIER";
  const standName = query.get("test_stand_name") ?? "earlier stand";
  const batchNumber = query.get("batch_number");
  for (let index = 0; index < count; index++) {
    const start = FIRST_START + index * RUN_MILLISECONDS;
    yield {
      "test_run_id": `00000000-0000-7000-8000-${`${index}`.padStart(12, "0")}`,
      "test_plan_name": "earlier plan",
      "number_of_attempt": 1 + index % 2,
      status: STATUSES[index % STATUSES.length],
      "status_icon": "✅",
      "test_run_artifact": {},
      "start_time": new Date(start).toISOString(),
      "finish_time": new Date(start + RUN_MILLISECONDS / 2).toISOString(),
      duration: "00:00:30",
      "serial_number": `EARLIER-${Math.floor(index / 2)}`,
      "part_number": partNumber,
      "batch_number": batchNumber,
      "dut_info": { "SerialNumber": `${index}` },
      "test_stand_hw_id": "840982098ca2459a7b22cc608eff65d4",
      "test_stand_name": standName,
      "test_stand_number": 1,
      "test_stand_location": null,
      "test_stand_info": { stage: STAGES[index % STAGES.length] },
    };
  }
}
