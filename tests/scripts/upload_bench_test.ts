import assert from "node:assert/strict";
import { validationIssues } from "../../scripts/sandbox/wire_shape.ts";
import {
  writeRunDocuments,
  writeSimilarDocuments,
} from "../../scripts/bench/run_documents.ts";
import { startSandboxProcess } from "../../scripts/bench/sandbox_process.ts";
import { growthExponent } from "../../scripts/bench/statistics.ts";
import { runUpload } from "../../scripts/bench/upload_run.ts";
import { compiledBinary } from "../../scripts/compile/compiled_binary.ts";
import { fromRoot } from "../../scripts/compile/paths.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";

Deno.test("growthExponent() is the power with which time grows", () => {
  const points = [1000, 10_000, 100_000];
  const exponent = (power: number) =>
    growthExponent(points.map((count) => [count, 0.003 * count ** power]));

  assert.ok(Math.abs(exponent(1) - 1) < 1e-9);
  assert.ok(Math.abs(exponent(1.5) - 1.5) < 1e-9);
});

Deno.test("writeRunDocuments() and writeSimilarDocuments() write what StandCloud takes, of that size", async () => {
  await using folder = await TemporaryFolder.make();
  const [some, many] = [folder.join("some"), folder.join("many")];
  await Deno.mkdir(some);
  await Deno.mkdir(many);
  const options = { bytes: 30_000, form: "sent" } as const;
  await writeRunDocuments(some, 5, options);
  await writeSimilarDocuments(many, 40, options);

  for (const [path, count] of [[some, 5], [many, 40]] as const) {
    const serials = new Set<string>();
    for await (const { name } of Deno.readDir(path)) {
      const text = await Deno.readTextFile(`${path}/${name}`);
      const body = JSON.parse(text);
      assert.deepEqual(validationIssues(body), []);
      assert.ok(text.length > 25_000 && text.length < 40_000, `${text.length}`);
      serials.add(body["dut"]["serial_number"]);
    }
    assert.equal(serials.size, count);
  }
});

Deno.test("startSandboxProcess() and runUpload() measure a whole upload", async () => {
  const binary = await compiledBinary();
  await using folder = await TemporaryFolder.make();
  const runs = folder.join("runs");
  await Deno.mkdir(runs);
  await writeRunDocuments(runs, 12, { form: "sent" });
  await using sandbox = await startSandboxProcess(["--drop-texts"]);
  const { address, caFile, apiKey } = sandbox;

  const run = await runUpload({
    ...{ binary, folder: runs, concurrency: 4, address, caFile, apiKey },
    limitSeconds: 120,
  });

  assert.equal(run.uploaded, 12);
  assert.equal(await sandbox.reportCount(), 12);
  assert.ok(run.uploadSeconds > 0 && run.uploadSeconds <= run.seconds);
  await sandbox.reset();
  assert.equal(await sandbox.reportCount(), 0);
});

Deno.test("upload_growth.ts prints time and peak memory for each folder", async () => {
  await compiledBinary();
  // In a process of its own: tests may not look into /proc.
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "-A", fromRoot("scripts/bench/upload_growth.ts")],
      ...["--counts", "2,30", "--bytes", "20000"],
    ],
  }).output();
  const [, first = "", second = "", verdict = ""] = new TextDecoder()
    .decode(stdout).split("\n");

  assert.deepEqual([code, new TextDecoder().decode(stderr)], [0, ""]);
  assert.match(verdict, /^peak × \S+, time grows with exponent -?\d/);
  for (const [line, count] of [[first, 2], [second, 30]] as const) {
    const [reports, seconds, , peak] = line.trim().split(/ +/).map(Number);
    assert.equal(reports, count);
    assert.ok(Number(seconds) > 0, line);
    // In MB; a program on Deno's runtime needs at least this.
    if (Deno.build.os === "linux") assert.ok(Number(peak) > 30, line);
  }
});

Deno.test("ledger.ts prints a time for each command", async () => {
  await compiledBinary();
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "-A", fromRoot("scripts/bench/ledger.ts")],
      ...["--entries", "10", "--runs", "1"],
    ],
  }).output();

  assert.deepEqual([code, new TextDecoder().decode(stderr)], [0, ""]);
  const lines = new TextDecoder().decode(stdout).trimEnd().split("\n");
  const times = lines.filter((line) =>
    /^ +\d+\.\d ms {2}standcloud /.test(line)
  );
  const ratios = lines.filter((line) =>
    /^ +\d+\.\d\d x {3}.+: health$/.test(line)
  );
  assert.deepEqual([times.length, ratios.length, lines.length], [7, 4, 11]);
});
