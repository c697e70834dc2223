import { filesBelow, leftovers } from "./files.ts";
import { type Broken, unlessDone } from "./promise.ts";
import { loginWorks, RUNS, sendAgain } from "./runs.ts";
import type { Scenario } from "./scenario.ts";
import type { Stand } from "./stand.ts";

export async function standWithRuns(stand: Stand): Promise<void> {
  const { code, stderr } = await stand.run(["sc-login", "--no-browser"]);
  if (code !== 0) throw new Error(`The login failed: ${stderr}`);
  await stand.writeRuns(RUNS);
}

const UPLOAD = ["upload", "--json", "runs"];
const MOVE = ["upload", "--json", "--after", "move", "runs"];

export const UPLOAD_SCENARIO: Scenario = {
  name: "upload",
  prepare: standWithRuns,
  args: () => UPLOAD,
  async check(stand, faulty) {
    const broken = await sendAgain(stand, faulty, UPLOAD);
    const history = await stand.run(["history", "--json"]);
    return [
      ...broken,
      ...unlessDone(history, "unreadable"),
      ...await loginWorks(stand),
      ...await leftovers(stand),
    ];
  },
};

export const MOVE_SCENARIO: Scenario = {
  name: "upload --after move",
  prepare: standWithRuns,
  args: () => MOVE,
  async check(stand, faulty) {
    return [
      ...await sendAgain(stand, faulty, MOVE),
      ...await movedWhole(stand),
      ...await leftovers(stand),
    ];
  },
};

/** Each run lies in `uploaded` once, as it was, and nothing lies elsewhere. */
async function movedWhole(stand: Stand): Promise<Broken[]> {
  const files = await filesBelow(stand.path("runs"));
  const texts = await Promise.all(
    files.map((file) => Deno.readTextFile(stand.path("runs", file))),
  );
  const serials = texts.map((text) =>
    /"serial_number":"(SN-\d+)".*\}$/s.exec(text)?.[1]
  );
  const isMoved = files.length === RUNS &&
    files.every((file) => /^uploaded\/SN-\d\.json$/.test(file)) &&
    new Set(serials).size === RUNS && !serials.includes(undefined);
  return isMoved ? [] : [{ kind: "unreadable", text: files.join(", ") }];
}
