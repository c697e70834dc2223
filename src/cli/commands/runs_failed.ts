import { type Read, readBack } from "../../inspect/read_back.ts";
import { isFields } from "../../standcloud/read_rows.ts";
import { getFailedCases } from "../../standcloud/test_runs.ts";
import type { FailedCaseEvent } from "../events/inspect_events.ts";
import type { CommonFlags } from "../flags.ts";
import {
  countLine,
  fieldLines,
  noSuchRun,
  printsJson,
} from "../read_back_text.ts";
import type { CommandInput } from "../command_input.ts";

/** Lists the failed cases of one run, with every field that StandCloud tells. */
export async function listFailedCases(
  input: CommandInput<CommonFlags>,
  id: string,
): Promise<number> {
  const { system, output } = input;
  const stand = await input.stand();
  const session = await stand.session();
  const read: Read<readonly unknown[] | undefined> = (service, options) =>
    getFailedCases(service, id, options);
  const cases = await readBack(session.service, read, {
    bearer: session.bearer,
    signal: system.interrupted,
  });
  if (cases === undefined) throw noSuchRun(session.service, id);
  const events = cases.map((raw): FailedCaseEvent => ({
    event: "failed_case",
    "test_run_id": id,
    raw,
  }));
  if (printsJson(input)) {
    for (const event of events) output.line(JSON.stringify(event));
    output.line(countLine(session.service, events.length));
  } else if (events.length === 0) output.note("No case of this run failed.");
  else {
    events.forEach((event, index) => {
      const lines = linesOf(event.raw);
      output.result(event, index === 0 ? lines : ["", ...lines], false);
    });
  }
  return 0;
}

function linesOf(raw: unknown): string[] {
  if (isFields(raw)) return fieldLines(raw);
  return [typeof raw === "string" ? raw : JSON.stringify(raw)];
}
