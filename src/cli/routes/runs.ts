import type { DevicesFlags } from "../commands/runs_devices.ts";
import type { FilterFlags } from "../commands/runs.ts";
import {
  type CommonFlags,
  commonFlags,
  text,
  toggle,
  whole,
} from "../flags.ts";
import { perform } from "../perform.ts";
import { buildCommand } from "../command.ts";
import { buildRouteMap } from "../stricli.ts";

const filterFlags = {
  partNumber: text("Only this DUT part number", "TEXT"),
  status: text("Only this result: passed, failed, …", "STATUS"),
  stand: text("Only this test stand", "NAME"),
  firmwareVersion: text("Only this firmware version", "TEXT"),
  info: {
    kind: "parsed",
    brief: "Only with this entry in dut.info; may be repeated",
    placeholder: "KEY=VALUE",
    optional: true,
    variadic: true,
    parse: parseEntry,
  },
  limit: whole("At most so many", {
    placeholder: "N",
    minimum: 1,
    maximum: 100_000,
  }),
  ...commonFlags,
} as const;

function parseEntry(input: string): [key: string, value: string] {
  const at = input.indexOf("=");
  if (at > 0) return [input.slice(0, at), input.slice(at + 1)];
  throw new RangeError("KEY=VALUE is expected");
}

const listCommand = buildCommand<FilterFlags, []>({
  loader: async () => {
    const { listRuns } = await import("../commands/runs.ts");
    return function (flags) {
      return perform(this, flags, listRuns);
    };
  },
  parameters: { flags: filterFlags },
  docs: {
    brief: "List test runs",
    customUsage: ["[FLAGS]"],
    examples: [["runs list --limit 20", "At most 20 test runs"], [
      "runs list --status failed --since 7d",
      "What failed in the last week",
    ]],
  },
});

const dutsCommand = buildCommand<FilterFlags, []>({
  loader: async () => {
    const { listDuts } = await import("../commands/runs.ts");
    return function (flags) {
      return perform(this, flags, listDuts);
    };
  },
  parameters: { flags: filterFlags },
  docs: {
    brief: "List the devices under test, with their last run",
    customUsage: ["[FLAGS]"],
    examples: [[
      "runs duts --part-number CSB-204",
      "The devices of a part number",
    ]],
  },
});

const devicesCommand = buildCommand<DevicesFlags, []>({
  loader: async () => {
    const { listDevices } = await import("../commands/runs_devices.ts");
    return function (flags) {
      return perform(this, flags, listDevices);
    };
  },
  parameters: {
    flags: {
      partNumber: text("The DUT part number of the devices; needed", "PN"),
      batch: text("Only this batch", "TEXT"),
      csv: toggle("Print CSV, as Everypin's SDK writes it"),
      ...commonFlags,
    },
  },
  docs: {
    brief: "List the devices of a part number, with the stage of the last run",
    customUsage: ["--part-number PN [FLAGS]"],
    examples: [[
      "runs devices --part-number CSB-204",
      "The devices of a part number",
    ], ["runs devices --part-number CSB-204 --csv", "The same as CSV"]],
  },
});

const runId = {
  kind: "tuple",
  parameters: [{
    brief: "Id of a test run, as upload and runs list tell it",
    placeholder: "ID",
    parse: String,
  }],
} as const;

const getCommand = buildCommand<CommonFlags, [string]>({
  loader: async () => {
    const { getRun } = await import("../commands/runs.ts");
    return function (flags, id) {
      return perform(this, flags, (input) => getRun(input, id));
    };
  },
  parameters: { positional: runId, flags: commonFlags },
  docs: {
    brief: "Show one test run",
    customUsage: ["[FLAGS] ID"],
    examples: [["runs get ID", "Show the test run of that id"]],
  },
});

const failedCommand = buildCommand<CommonFlags, [string]>({
  loader: async () => {
    const { listFailedCases } = await import("../commands/runs_failed.ts");
    return function (flags, id) {
      return perform(this, flags, (input) => listFailedCases(input, id));
    };
  },
  parameters: { positional: runId, flags: commonFlags },
  docs: {
    brief: "List the failed cases of one test run",
    customUsage: ["[FLAGS] ID"],
    examples: [["runs failed ID", "List the failed cases of that run"]],
  },
});

/** `standcloud runs list|get|duts|devices|failed`. */
export const runsCommands = buildRouteMap({
  routes: {
    list: listCommand,
    get: getCommand,
    duts: dutsCommand,
    devices: devicesCommand,
    failed: failedCommand,
  },
  docs: {
    brief: "Read back what is at StandCloud",
    fullDescription: `Read back what is at StandCloud.

A table on a terminal; one JSON object per line for another program.`,
  },
});
