import { fromRoot } from "../compile/paths.ts";
import { listen } from "./first_byte.ts";
import { prepareLogin } from "./login.ts";
import { inPairs, wholeRun } from "./measure.ts";
import { type Row, timeRow } from "./report.ts";
import type { Pair } from "./statistics.ts";

export interface Programs {
  /** One that does nothing, compiled like ours. */
  readonly empty: string;
  readonly ours: string;
}

/** Times that a command may take, as multiples of the empty program's. */
const VERSION_BUDGET = 1.1;
const VALIDATE_BUDGET = 1.8;
const NETWORK_BUDGET = 2.2;

const DOCUMENT = fromRoot(
  "tests/testdata/runs/hardpy-0.22.1/sensor_board_passed.jsonloader.json",
);

/** Start-up times of our program beside those of the empty one, taken in turns. */
export async function startUpRows(
  runs: number,
  programs: Programs,
): Promise<Row[]> {
  const empty = () => wholeRun({ path: programs.empty });
  const whole = async (name: string, args: string[], budget: number) => {
    const subject = () => wholeRun({ path: programs.ours, args });
    const pairs = await inPairs(runs, { baseline: empty, subject });
    return timeRow(name, { pairs, budget });
  };
  return [
    await whole("--version", ["--version"], VERSION_BUDGET),
    await whole(
      "validate, one document",
      ["validate", DOCUMENT],
      VALIDATE_BUDGET,
    ),
    ...await arrivalRows("upload, one document, ready to send", {
      command: ["upload", "--retry-for", "0", DOCUMENT],
      ...{ runs, programs },
    }),
    ...await arrivalRows("sc-login --check", {
      command: ["sc-login", "--check"],
      ...{ runs, programs },
    }),
  ];
}

/** To the connection that the command makes, and to its first byte (TLS is ready then). */
async function arrivalRows(
  name: string,
  { command, runs, programs }: {
    command: readonly string[];
    runs: number;
    programs: Programs;
  },
): Promise<Row[]> {
  const home = await Deno.makeTempDir({ prefix: "standcloud-bench-" });
  try {
    using listener = listen();
    const { address } = listener;
    await prepareLogin(home, address);
    const program = {
      path: programs.ours,
      args: command,
      env: {
        STANDCLOUD_HOME: home,
        STANDCLOUD_ADDRESS: address,
        HOME: home,
      },
    };
    const bytes: number[] = [];
    const connections = await inPairs(runs, {
      baseline: () => wholeRun({ path: programs.empty }),
      subject: async () => {
        const { connection, byte } = await listener.arrival(program);
        bytes.push(byte);
        return connection;
      },
    });
    // The runs that were not counted are not counted here either.
    const counted: Pair[] = bytes.slice(-connections.length)
      .map((subject, at) => ({
        subject,
        baseline: connections[at]?.baseline ?? Number.NaN,
      }));
    const budget = NETWORK_BUDGET;
    return [
      timeRow(`${name}: connection`, { pairs: connections, budget }),
      timeRow(`${name}: first byte`, { pairs: counted, budget }),
    ];
  } finally {
    await Deno.remove(home, { recursive: true });
  }
}
