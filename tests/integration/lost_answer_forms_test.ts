import { deepStrictEqual as equal } from "node:assert/strict";
import { JSON_RUN } from "../support/live_runs.ts";
import { setCourierStage } from "../support/courier.ts";
import { setLoggedInStage } from "../support/stage.ts";
import { store, STORED_FORMS } from "../support/stored_forms.ts";

const PATH = "/hardpy/api/v1/test_report";

for (const [number, first] of STORED_FORMS.entries()) {
  for (const second of STORED_FORMS) {
    if (kindOf(first.name) === kindOf(second.name)) continue;
    Deno.test(`upload finds the run whose answer was lost, when ${second.name} comes after ${first.name}`, async () => {
      await using stage = await setLoggedInStage();
      const { sandbox } = stage;
      const run = { "start_time": 1_770_000_000 + number };
      const one = await store(stage.folder.join("plan"), first, run);
      sandbox.faults.push({
        match: (_, path) => path === PATH,
        times: 1,
        action: { kind: "commit_then_drop" },
      });
      equal((await stage.run([...JSON_RUN, one])).code, 6);
      const other = await store(stage.folder.join("plan"), second, run);
      equal((await stage.run([...JSON_RUN, other])).code, 0);
      equal((await stage.run([...JSON_RUN, one, other])).code, 0);
      equal(sandbox.reports.length, 1);
    });
  }
}

for (const first of STORED_FORMS) {
  Deno.test(`history import tells a stand which run was uploaded, in all its forms: ${first.name}, exported without an address`, async () => {
    await using stage = await setCourierStage();
    const { pc, path } = stage;
    const home = path("stand");
    const file = await store(path("plan"), first);
    const bundle = path("b.zip");
    const nowhere = { home, env: { STANDCLOUD_ADDRESS: "" } };
    const exporting = ["upload", "--export", bundle, file];
    equal((await pc.run(exporting, nowhere)).code, 0);
    equal((await pc.run([...JSON_RUN, bundle])).code, 0);
    const receipts = path("b.receipts.jsonl");
    equal((await stage.stand("history", "import", receipts)).code, 0);

    for (const second of STORED_FORMS) {
      if (kindOf(first.name) === kindOf(second.name)) continue;
      const later = await store(path("plan"), second);
      await stage.stand("upload", "--export", path("again.zip"), later);
    }
    equal(await Deno.stat(path("again.zip")).catch(() => ""), "");
  });
}

function kindOf(name: string): string {
  return name.split(" ")[0] ?? "";
}
