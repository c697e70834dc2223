import { deepStrictEqual as equal, match } from "node:assert/strict";
import { runBinary } from "../support/run_binary.ts";
import { eventsOf } from "../support/running_program.ts";
import { runFile } from "../support/runs.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";

const REFUSAL =
  "HTTP/1.1 413 Request Entity Too Large\r\ncontent-length: 9\r\nconnection: close\r\n\r\ntoo large";

/**
 * A gateway that refuses what is too long as soon as it has read the head, and
 * resets the connection, as it lies open, with the body half sent.
 */
function startGateway(): { port: number; heads: string[] } & Disposable {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const heads: string[] = [];
  void (async () => {
    for await (const connection of listener) {
      const bytes = new Uint8Array(2000);
      const count = await connection.read(bytes) ?? 0;
      heads.push(new TextDecoder().decode(bytes.subarray(0, count)));
      await connection.write(new TextEncoder().encode(REFUSAL));
      // What was not read makes a reset of it.
      connection.close();
    }
  })();
  return {
    port: listener.addr.port,
    heads,
    [Symbol.dispose]: () => listener.close(),
  };
}

Deno.test("upload takes a refusal by length for one, also when the connection is reset with the body half sent", async () => {
  await using folder = await TemporaryFolder.make();
  const run = JSON.parse(
    await Deno.readTextFile(runFile("minimum.jsonloader")),
  );
  run.artifact = { log: "x".repeat(8_000_000) };
  for (let round = 0; round < 5; round++) {
    using gateway = startGateway();
    run.dut.serial_number = `SN-${round}`;
    const path = await folder.write("run.json", JSON.stringify(run));
    const result = await runBinary(
      ["upload", path, "--fill-unknown", "--retry-for=0", "--json"],
      {
        home: folder.join("home"),
        env: {
          STANDCLOUD_API_KEY: "key",
          STANDCLOUD_ADDRESS: `http://127.0.0.1:${gateway.port}`,
        },
      },
    );
    const [report] = eventsOf(result);
    equal(
      [result.code, report?.["outcome"], report?.["http_status"]],
      [5, "rejected", 413],
    );
    match(String(report?.["reason"]), /the run is too large for it/);
    equal(gateway.heads.every((head) => head.startsWith("POST ")), true);
  }
});
