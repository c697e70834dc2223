import assert from "node:assert/strict";
import {
  metricsText,
  writeMetrics,
} from "../../../src/inspect/health/metrics.ts";
import { outputFiles } from "../../../src/system/output_files.ts";
import { listing, TemporaryFolder } from "../../support/temporary_folder.ts";
import { appError } from "../../system/errors.ts";
import { healthOf, runs, secondsAgo } from "./healths.ts";

const BUSY = healthOf({
  counts: runs({ uploaded: 100_000, waiting: 3, held: 1 }),
  oldestWaitingAt: secondsAgo(60),
  lastUploadedAt: secondsAgo(0.5),
});

Deno.test("metricsText() has one sample for each state, and the times in Unix time", () => {
  assert.equal(
    metricsText(BUSY, "1.2.3"),
    `# HELP standcloud_reports Runs in the ledger of this stand, by state.
# TYPE standcloud_reports gauge
standcloud_reports{state="uploaded"} 100000
standcloud_reports{state="waiting"} 3
standcloud_reports{state="sending"} 0
standcloud_reports{state="rejected"} 0
standcloud_reports{state="held"} 1
standcloud_reports{state="superseded"} 0
# HELP standcloud_oldest_waiting_timestamp_seconds Since when the run waits that waits longest; absent when none does.
# TYPE standcloud_oldest_waiting_timestamp_seconds gauge
standcloud_oldest_waiting_timestamp_seconds 1772366340
# HELP standcloud_last_upload_timestamp_seconds When StandCloud took a run last; absent before the first one.
# TYPE standcloud_last_upload_timestamp_seconds gauge
standcloud_last_upload_timestamp_seconds 1772366399.5
# HELP standcloud_login_state How this stand is logged in: 1 for the state that it is in.
# TYPE standcloud_login_state gauge
standcloud_login_state{address="demo.standcloud.io",state="valid"} 1
standcloud_login_state{address="demo.standcloud.io",state="refreshable"} 0
standcloud_login_state{address="demo.standcloud.io",state="api_key"} 0
standcloud_login_state{address="demo.standcloud.io",state="expired"} 0
standcloud_login_state{address="demo.standcloud.io",state="ended"} 0
standcloud_login_state{address="demo.standcloud.io",state="unreadable"} 0
standcloud_login_state{address="demo.standcloud.io",state="none"} 0
# HELP standcloud_health_state What standcloud health says: 1 for the state that it is in.
# TYPE standcloud_health_state gauge
standcloud_health_state{state="ok"} 0
standcloud_health_state{state="login_required"} 0
standcloud_health_state{state="attention"} 1
standcloud_health_state{state="waiting"} 0
# HELP standcloud_build_info The version of the program that wrote this file.
# TYPE standcloud_build_info gauge
standcloud_build_info{version="1.2.3"} 1
`,
  );
});

Deno.test("metricsText() leaves out a time that is not known, with its help", () => {
  assert.doesNotMatch(metricsText(healthOf({}), "1"), /timestamp/);
});

Deno.test("metricsText() escapes what a label must not hold as it is", () => {
  const text = metricsText(healthOf({}), 'a"b\\c\nd');
  assert.match(text, /^standcloud_build_info\{version="a\\"b\\\\c\\nd"\} 1$/m);
});

for (
  const [name, health] of [
    ["a busy stand", BUSY],
    ["a stand without a ledger", healthOf({ address: null, login: "none" })],
  ] as const
) {
  Deno.test(`promtool finds nothing wrong with the metrics of ${name}`, async () => {
    const promtool = new Deno.Command("promtool", {
      args: ["check", "metrics"],
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    const writer = promtool.stdin.getWriter();
    const text = metricsText(health, "0.9.0");
    await writer.write(new TextEncoder().encode(text));
    await writer.close();
    const { code, stdout, stderr } = await promtool.output();
    const said = new TextDecoder().decode(stdout) +
      new TextDecoder().decode(stderr);
    assert.deepEqual([code, said], [0, ""]);
  });
}

Deno.test("writeMetrics() replaces the file, which the node exporter can read, and leaves nothing else", async () => {
  await using folder = await TemporaryFolder.make();
  const file = folder.join("standcloud.prom");
  await Deno.writeTextFile(file, "old", { mode: 0o644 });
  await writeMetrics({ outputFiles }, file, { health: BUSY, version: "1" });
  assert.equal(await Deno.readTextFile(file), metricsText(BUSY, "1"));
  assert.deepEqual(await listing(folder.path), ["644 standcloud.prom"]);
});

Deno.test("writeMetrics() says why it cannot write", async () => {
  await using folder = await TemporaryFolder.make();
  const file = folder.join("no/standcloud.prom");
  await assert.rejects(
    writeMetrics({ outputFiles }, file, { health: BUSY, version: "1" }),
    appError("output_unwritable", /there is no such folder/),
  );
});
