import assert from "node:assert/strict";
import { serial, setCourierStage, writeRuns } from "../support/courier.ts";
import { counted, named, outcomesOf } from "../support/outcomes.ts";
import type { ProgramResult } from "../support/running_program.ts";
import type { Start } from "../support/stage.ts";

/** State and serial number of each report in the stand's ledger. */
function states(result: ProgramResult): string[] {
  return named(result, "history")
    .map((one) => `${one["serial_number"]} ${one["state"]}`).sort();
}

/** Registers the tests that carry runs from a stand to a connected PC and back. */
export function testRoundTrip(program: string, start: Start): void {
  for (const bundle of ["stick.zip", "stick"]) {
    Deno.test(`${program}: upload --export and history import carry runs by ${bundle} to StandCloud and its answer back`, async () => {
      await using stage = await setCourierStage({ start });
      const { pc, stand } = stage;
      await writeRuns(stage.path("runs"), 3);
      const [path, receipts] = [
        stage.path(bundle),
        stage.path("stick.receipts.jsonl"),
      ];
      const before = pc.sandbox.requestCount;

      const exported = await stand(
        ...["upload", "--json", "--export", path, stage.path("runs")],
      );

      assert.deepEqual([exported.code, exported.stderr], [0, ""]);
      assert.deepEqual(outcomesOf(exported), {
        reports: Array(3).fill(["exported", null]),
        counts: counted({ exported: 3 }),
      });
      assert.deepEqual(named(exported, "bundle"), [{
        event: "bundle",
        path,
        address: pc.sandbox.address,
        documents: 3,
      }]);
      assert.equal(pc.sandbox.requestCount, before);
      const waiting = await stand("history", "--waiting", "--json");
      assert.deepEqual(
        states(waiting),
        [0, 1, 2].map((index) => `${serial(index)} waiting`),
      );
      for (const { cause } of named(waiting, "history")) {
        assert.match(
          String(cause),
          RegExp(
            `^exported to "${bundle}" at \\d{4}-\\d\\d-\\d\\dT[\\d:]{8}Z$`,
          ),
        );
      }

      const sent = await pc.run(["upload", "--json", path]);

      assert.deepEqual([sent.code, sent.stderr], [0, ""]);
      assert.deepEqual(outcomesOf(sent), {
        reports: Array(3).fill(["uploaded", 201]),
        counts: counted({ uploaded: 3 }),
      });
      for (const { source, digest } of named(sent, "report")) {
        assert.equal(source, `${path}#${digest}.json`);
      }
      assert.deepEqual(named(sent, "receipts"), [
        { event: "receipts", path: receipts, receipts: 3 },
      ]);

      const imported = await stand("history", "import", "--json", receipts);

      assert.deepEqual([imported.code, imported.stderr], [0, ""]);
      const runs = new Map(
        pc.sandbox.reports.map(({ id, text }) =>
          [String(JSON.parse(text).dut["serial_number"]), id] as const
        ),
      );
      for (const one of named(imported, "imported")) {
        assert.equal(one["change"], "uploaded");
        assert.equal(one["known_before"], true);
      }
      const history = await stand("history", "--json");
      assert.deepEqual(
        states(history),
        [0, 1, 2].map((index) => `${serial(index)} uploaded`),
      );
      for (const one of named(history, "history")) {
        assert.equal(
          one["test_run_id"],
          runs.get(String(one["serial_number"])),
        );
      }

      const planned = await stand(
        ...["upload", "--json", "--dry-run", stage.path("runs")],
      );
      assert.deepEqual(
        outcomesOf(planned).counts,
        counted({ "already_uploaded": 3 }),
      );
    });
  }
}
