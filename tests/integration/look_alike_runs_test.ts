import { deepStrictEqual as equal, ok } from "node:assert/strict";
import { join } from "node:path";
import { JSON_RUN, whileWatching } from "../support/live_runs.ts";
import { named } from "../support/outcomes.ts";
import { setLoggedInStage, type Stage } from "../support/stage.ts";
import { formOf, storeText } from "../support/stored_forms.ts";
import { until } from "../support/until.ts";

/** Two runs of one second without a serial number: nothing but the operator tells them apart. */
const ALIKE = {
  "stop_time": 1_770_000_001,
  "start_time": 1_770_000_000,
  dut: { "serial_number": null, "part_number": "PN", info: {} },
};
/** By a post-run function: then a history file holds as much as the report. */
const NOTHING_ADDED = {
  artifact: {},
  "batch_serial_number": null,
  "error_code": null,
};
const STORAGE = ".hardpy/storage";

interface Stored {
  readonly form: string;
  readonly user: string;
  /** Default: where HardPy stores the form. */
  readonly path?: string;
}

const FIRST_PANEL: Stored = { form: "record", user: "anna" };
const QUEUE: Stored = { form: "tempstore", user: "anna" };
const SECOND_PANEL: Stored = {
  form: "record",
  user: "ben",
  path: `${STORAGE}/runstore/localhost_8001.json`,
};
const report = (user: string, name: string): Stored => ({
  form: "report",
  user,
  path: `reports/${name}.json`,
});
const history = (user: string, name: string): Stored => ({
  form: "history",
  user,
  path: `${STORAGE}/runstore/${name}.json`,
});

function planOf({ folder }: Stage): string {
  return folder.join("plan");
}

async function put(stage: Stage, all: readonly Stored[]): Promise<string[]> {
  const paths = [];
  for (const { form, user, path } of all) {
    const one = formOf(form);
    const document = { ...one.document(ALIKE), ...NOTHING_ADDED, user };
    const target = join(planOf(stage), path ?? one.path);
    paths.push(await storeText(target, JSON.stringify(document)));
  }
  return paths;
}

/** Of what StandCloud has. */
function users({ sandbox }: Stage): string[] {
  return sandbox.reports.map(({ text }) => JSON.parse(text).user).sort();
}

const SCENES: readonly { title: string; steps: readonly Stored[][] }[] = [
  {
    title: "of two panels, the first of which is also in HardPy's queue",
    steps: [[FIRST_PANEL, QUEUE, SECOND_PANEL]],
  },
  {
    title: "of two panels, the second of which has the file of the first name",
    steps: [[
      { ...FIRST_PANEL, user: "ben" },
      QUEUE,
      { ...SECOND_PANEL, user: "anna" },
    ]],
  },
  {
    title: "of two reports, the first of which was sent from HardPy's queue",
    steps: [[QUEUE], [QUEUE, report("anna", "a"), report("ben", "b")]],
  },
  {
    title: "of two reports, the second of which was sent from HardPy's queue",
    steps: [[QUEUE], [QUEUE, report("anna", "b"), report("ben", "a")]],
  },
  {
    title: "of two history files, one of which has a report too",
    steps: [[
      report("anna", "a"),
      history("anna", "1796043538656"),
      history("ben", "1796043538657"),
    ]],
  },
  {
    title: "of two backup copies beside HardPy's queue",
    steps: [[
      { ...FIRST_PANEL, path: "backup/one.json" },
      QUEUE,
      { ...SECOND_PANEL, path: "backup/two.json" },
    ]],
  },
];

for (const { title, steps } of SCENES) {
  Deno.test(`upload sends both of two runs that look alike ${title}`, async () => {
    await using stage = await setLoggedInStage();
    for (const step of steps) {
      await put(stage, step);
      equal((await stage.run([...JSON_RUN, planOf(stage)])).code, 0);
    }
    equal(users(stage), ["anna", "ben"]);
    equal((await stage.run([...JSON_RUN, planOf(stage)])).code, 0);
    equal(users(stage), ["anna", "ben"]);
  });

  Deno.test(`upload --after delete deletes neither unsent of two runs that look alike ${title}`, async () => {
    await using stage = await setLoggedInStage();
    const args = [...JSON_RUN, "--after", "delete", planOf(stage)];
    for (const step of steps) {
      await put(stage, step);
      equal((await stage.run(args)).code, 0);
    }
    equal(users(stage), ["anna", "ben"]);
  });

  Deno.test(`upload of files in any order sends both of two runs that look alike ${title}`, async () => {
    const [first = [], second] = steps;
    for (const isReversed of [false, true]) {
      await using stage = await setLoggedInStage();
      const paths = await put(stage, second ?? first);
      if (isReversed) paths.reverse();
      equal((await stage.run([...JSON_RUN, ...paths])).code, 0);
      equal(users(stage), ["anna", "ben"]);
    }
  });

  Deno.test(`upload --watch sends both of two runs that look alike ${title}`, async () => {
    await using stage = await setLoggedInStage();
    await Deno.mkdir(planOf(stage));
    await whileWatching(stage, async () => {
      for (const step of steps) await put(stage, step);
      await until(() => stage.sandbox.reports.length >= 1);
    });
    equal((await stage.run([...JSON_RUN, planOf(stage)])).code, 0);
    equal(users(stage), ["anna", "ben"]);
  });

  Deno.test(`upload --export carries both of two runs that look alike ${title}`, async () => {
    await using stage = await setLoggedInStage();
    const bundle = stage.folder.join("b.zip");
    const home = stage.folder.join("stand");
    await Deno.mkdir(home, { mode: 0o700 });
    for (const step of steps) await put(stage, step);
    const args = ["upload", "--export", bundle, planOf(stage)];
    equal((await stage.run(args, { home })).code, 0);
    equal((await stage.run([...JSON_RUN, bundle])).code, 0);
    equal(users(stage), ["anna", "ben"]);
  });

  Deno.test(`upload --dry-run counts both of two runs that look alike ${title}`, async () => {
    await using stage = await setLoggedInStage();
    for (const step of steps) await put(stage, step);
    const args = ["upload", "--json", "--dry-run", planOf(stage)];
    const reports = named(await stage.run(args), "report");
    const sent = reports.filter(({ outcome }) => outcome === "would_upload");
    equal(sent.length, 2);
    ok(reports.every(({ source }) => source));
  });
}
