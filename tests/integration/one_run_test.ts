import { deepStrictEqual as equal } from "node:assert/strict";
import { JSON_RUN } from "../support/live_runs.ts";
import { setCourierStage } from "../support/courier.ts";
import type { InProcessRun } from "../support/run_program.ts";
import { setLoggedInStage, type Stage } from "../support/stage.ts";
import {
  type Changes,
  store,
  STORED_FORMS,
  type StoredForm,
} from "../support/stored_forms.ts";
import { until } from "../support/until.ts";

type Pair = readonly [first: StoredForm, second: StoredForm];

/** Two forms of one kind are two files, and so two runs. */
const PAIRS = STORED_FORMS.flatMap((one) =>
  STORED_FORMS
    .filter(({ name }) => kindOf(name) !== kindOf(one.name))
    .map((other): Pair => [one, other])
);

function kindOf(name: string): string {
  return name.split(" ")[0] ?? "";
}

/** Each pair is a run of its own: it starts in a second of its own. */
function startOf(index: number): number {
  return 1_770_000_000 + index;
}

function runOf(index: number, more: Changes = {}): Changes {
  return { "start_time": startOf(index), ...more };
}

/** How often StandCloud has the run of each pair. */
function counts({ sandbox }: Stage): number[] {
  const starts = sandbox.reports.map(({ text }) => JSON.parse(text).start_time);
  return PAIRS.map((_, index) =>
    starts.filter((start) => start === startOf(index)).length
  );
}

const ONCE = PAIRS.map(() => 1);
/** Neither part number nor stand name; the queue holds "unknown" all the same. */
const NAMELESS: Changes = {
  dut: { "serial_number": "SN-1", "part_number": null, info: {} },
  "test_stand": { "hw_id": "3f0c", name: null, timezone: "UTC" },
};

for (const flags of [[], ["--fill-unknown"]]) {
  const changes = flags.length === 0 ? {} : NAMELESS;
  const command = ["upload", ...flags].join(" ");

  Deno.test(`${command} sends a run once, whichever two of its stored forms one command names, in either order`, async () => {
    await using stage = await setLoggedInStage();
    for (const [index, pair] of PAIRS.entries()) {
      const folder = stage.folder.join(`${index}`);
      const run = runOf(index, changes);
      const paths = [];
      for (const form of pair) paths.push(await store(folder, form, run));
      equal((await stage.run([...JSON_RUN, ...flags, ...paths])).code, 0);
    }
    equal(counts(stage), ONCE);
  });

  Deno.test(`${command} sends a run once, whichever two of its stored forms two commands name`, async () => {
    await using stage = await setLoggedInStage();
    for (const [index, pair] of PAIRS.entries()) {
      const folder = stage.folder.join(`${index}`);
      for (const form of pair) {
        const path = await store(folder, form, runOf(index, changes));
        equal((await stage.run([...JSON_RUN, ...flags, path])).code, 0);
      }
    }
    equal(counts(stage), ONCE);
  });

  Deno.test(`${command} --watch sends a run once, whichever two of its stored forms appear after one another`, async () => {
    await using stage = await setLoggedInStage();
    const folder = stage.folder.join("plan");
    await Deno.mkdir(folder);
    const args = ["upload", "--watch", ...flags, folder];
    const program = await stage.start(args) as InProcessRun;
    for (const second of [0, 1] as const) {
      for (const [index, pair] of PAIRS.entries()) {
        const run = runOf(index, changes);
        await store(`${folder}/${index}`, pair[second], run);
      }
    }
    await until(() => stage.sandbox.reports.length >= PAIRS.length);
    program.interrupt();
    await program.result;
    equal((await stage.run([...JSON_RUN, ...flags, folder])).code, 0);
    equal(counts(stage), ONCE);
  });

  Deno.test(`${command} --export carries a run once, whichever of its stored forms the stand exports and finds later`, async () => {
    await using stage = await setCourierStage();
    const { pc } = stage;
    for (const [index, [first, second]] of PAIRS.entries()) {
      const folder = stage.path(`${index}`);
      const run = runOf(index, changes);
      const path = await store(folder, first, run);
      const bundle = stage.path(`${index}.zip`);
      const args = ["upload", ...flags];
      equal((await stage.stand(...args, "--export", bundle, path)).code, 0);
      equal((await pc.run([...JSON_RUN, bundle])).code, 0);
      const receipts = stage.path(`${index}.receipts.jsonl`);
      equal((await stage.stand("history", "import", receipts)).code, 0);
      const later = await store(folder, second, run);
      const home = stage.path("stand");
      const sent = await pc.run([...JSON_RUN, ...flags, later], { home });
      equal(sent.code, 3);
      await stage.stand(...args, "--export", stage.path("again.zip"), later);
    }
    equal(counts(pc), ONCE);
    equal(await Deno.stat(stage.path("again.zip")).catch(() => ""), "");
  });
}

Deno.test("upload sends the fullest of all stored forms of a run", async () => {
  const forms = STORED_FORMS.filter(({ name }) => !name.includes("CouchDB"));
  await using stage = await setLoggedInStage();
  const paths = [];
  for (const form of forms) {
    paths.push(await store(stage.folder.join("plan"), form, runOf(0)));
  }
  equal((await stage.run([...JSON_RUN, ...paths])).code, 0);
  const [{ text } = { text: "{}" }, ...more] = stage.sandbox.reports;
  equal(more, []);
  const { artifact, id } = JSON.parse(text);
  equal([artifact, id.length], [{ label: "printed" }, 36]);
});

/** The operator's name tells two runs apart that are alike in all else. */
function withUser(
  { document }: StoredForm,
  user: string,
): StoredForm["document"] {
  return (changes) => ({ ...document(changes), user });
}

Deno.test("upload sends two runs that look alike: in files of one form, in the same second, without a serial number", async () => {
  for (const form of STORED_FORMS) {
    await using stage = await setLoggedInStage();
    const paths = [];
    for (const label of ["one", "two"]) {
      const dut = { "serial_number": null, "part_number": "PN", info: {} };
      const run = runOf(0, { dut, artifact: { label } });
      const folder = stage.folder.join(label);
      // A history file lacks what post-run functions set, but not the user.
      const named = { ...form, document: withUser(form, label) };
      paths.push(await store(folder, named, run));
    }
    equal((await stage.run([...JSON_RUN, ...paths])).code, 0);
    equal(stage.sandbox.reports.length, 2, form.name);
    equal((await stage.run([...JSON_RUN, ...paths])).code, 0);
    equal(stage.sandbox.reports.length, 2, form.name);
  }
});

Deno.test("upload sends two runs that look alike once each, though both lie in two forms", async () => {
  const [history, , , report] = STORED_FORMS as StoredForm[];
  await using stage = await setLoggedInStage();
  const paths: string[] = [];
  for (const label of ["one", "two"]) {
    for (const form of [history, report]) {
      if (form === undefined) continue;
      const run = runOf(0, { "stop_time": 1_770_000_001 });
      const named = { ...form, document: withUser(form, label) };
      paths.push(await store(stage.folder.join(label), named, run));
    }
  }
  equal((await stage.run([...JSON_RUN, ...paths])).code, 0);
  equal(stage.sandbox.reports.length, 2);
});

Deno.test("upload passes over a start that HardPy refused, and says so", async () => {
  const [history] = STORED_FORMS as [StoredForm];
  await using stage = await setLoggedInStage();
  const never = { "start_time": null, status: "failed", modules: {} };
  await store(stage.folder.join("plan"), history, never);
  const result = await stage.run(["upload", stage.folder.join("plan")]);
  equal([result.code, stage.sandbox.reports.length], [0, 0]);
  equal(result.stderr.match(/is no run: HardPy refused/g)?.length, 1);
});
