import { deepStrictEqual as equal } from "node:assert/strict";
import { JSON_RUN } from "../support/live_runs.ts";
import { setLoggedInStage } from "../support/stage.ts";
import { type Changes, formOf, storeText } from "../support/stored_forms.ts";

type Json = Record<string, unknown>;
const RECORD = formOf("record");

/** HardPy's record in CouchDB, in one of its states. */
function state(revision: number, changes: Changes = {}): Json {
  const hash = "6f1ed002ab5595859014ebf0951522d9";
  return { ...RECORD.document(changes), _rev: `${revision}-${hash}` };
}

const RUNNING = { status: "run", "stop_time": null };
/** All states of one run: begun, ended, and twice added to by post-run functions. */
const STATES = [
  state(2, RUNNING),
  state(5, { artifact: {} }),
  state(6, { artifact: { label: "begun" } }),
  state(7),
];

function change(doc: Json, index: number): Json {
  const { _id: id, _rev: rev } = doc;
  return { seq: `${index + 1}-g1AAAA`, id, changes: [{ rev }], doc };
}

const FEEDS = {
  continuous: (states: Json[]) =>
    [...states.map(change), { "last_seq": 9, pending: 0 }]
      .map((line) => `${JSON.stringify(line)}\n`).join(""),
  "at once": (states: Json[]) =>
    JSON.stringify({ results: states.map(change), "last_seq": "9" }),
};

/** What StandCloud has of the runs. */
function labels({ sandbox }: { sandbox: { reports: { text: string }[] } }) {
  return sandbox.reports.map(({ text }) => JSON.parse(text).artifact?.label);
}

for (const [name, feed] of Object.entries(FEEDS)) {
  for (const how of ["file", "folder", "stdin"]) {
    Deno.test(`upload of a recorded feed (${name}, ${how}) sends the last state of a record alone`, async () => {
      await using stage = await setLoggedInStage();
      const text = feed(STATES);
      const folder = stage.folder.join("feeds");
      const path = await storeText(`${folder}/changes.json`, text);
      const result = how === "stdin"
        ? await stage.run([...JSON_RUN, "-"], { stdin: text })
        : await stage.run([...JSON_RUN, how === "file" ? path : folder]);
      equal(result.code, 0, result.stdout);
      equal(labels(stage), ["printed"]);
      if (how === "stdin") return;
      equal((await stage.run([...JSON_RUN, path])).code, 0);
      equal(labels(stage), ["printed"]);
    });
  }

  Deno.test(`upload of a recorded feed (${name}) sends each run of a record`, async () => {
    await using stage = await setLoggedInStage();
    const next = state(8, { "start_time": 1_770_000_099 });
    const text = feed([...STATES, next]);
    const path = await storeText(stage.folder.join("changes.json"), text);
    equal((await stage.run([...JSON_RUN, path])).code, 0);
    equal(labels(stage), ["printed", "printed"]);
  });
}

Deno.test("upload of a later feed of one database does not send a run again that a post-run function has added to", async () => {
  await using stage = await setLoggedInStage();
  const early = FEEDS["at once"](STATES.slice(0, 2));
  const path = await storeText(stage.folder.join("a.json"), early);
  equal((await stage.run([...JSON_RUN, path])).code, 0);
  const late = FEEDS["at once"]([STATES[2] ?? {}, STATES[3] ?? {}]);
  const later = await storeText(stage.folder.join("b.json"), late);
  equal((await stage.run([...JSON_RUN, later])).code, 0);
  equal(stage.sandbox.reports.length, 1);
});

const DUMPS: Record<string, (doc: Json) => string> = {
  "_all_docs": (doc) =>
    JSON.stringify({
      "total_rows": 1,
      offset: 0,
      rows: [{ id: doc["_id"], key: doc["_id"], value: {}, doc }],
    }),
  "_changes": (doc) => FEEDS["at once"]([doc]),
  "_changes, continuous": (doc) => FEEDS.continuous([doc]),
};

for (const [name, dump] of Object.entries(DUMPS)) {
  Deno.test(`upload of a dump that is named (${name}) leaves the run that is not finished, and says so`, async () => {
    await using stage = await setLoggedInStage();
    const text = dump(state(2, RUNNING));
    const path = await storeText(stage.folder.join("dump.json"), text);
    const result = await stage.run(["upload", path]);
    equal(result.code, 6);
    equal(stage.sandbox.reports.length, 0);
    equal(result.stdout.match(/the run is not finished/g)?.length, 1);
  });
}

Deno.test("upload of a record that is not finished sends it when its own file is named", async () => {
  await using stage = await setLoggedInStage();
  const text = JSON.stringify(RECORD.document(RUNNING));
  const path = await storeText(stage.folder.join("record.json"), text);
  equal((await stage.run([...JSON_RUN, path])).code, 0);
  equal(stage.sandbox.reports.length, 1);
});
