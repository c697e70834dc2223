import { deepStrictEqual as equal } from "node:assert/strict";
import { openHttpClient } from "../../src/system/http_client.ts";
import { setLoggedInStage } from "../support/stage.ts";

for (const flags of [["--json"], []]) {
  Deno.test(`runs list ${flags} prints a row before the answer goes on`, async () => {
    await using stage = await setLoggedInStage();
    const printed = Promise.withResolvers<void>();
    const shown: string[] = [];
    const encoder = new TextEncoder();
    async function* portions() {
      yield encoder.encode('[{"test_run_id":"one"},{"test_run_id"');
      // Without a row on stdout the rest never comes.
      await printed.promise;
      yield encoder.encode(':"two"}]');
    }
    const program = await stage.start(["runs", "list", ...flags], {
      system: {
        openHttpClient: (options) => ({
          ...openHttpClient(options),
          open: () =>
            Promise.resolve({
              status: 200,
              headers: new Headers(),
              portions: portions(),
              [Symbol.asyncDispose]: () => Promise.resolve(),
            }),
        }),
        terminal: {
          stdoutIsTerminal: true,
          stderrIsTerminal: false,
          knowsCodes: true,
          columns: undefined,
          stdinIsTerminal: false,
          writeStdout(text) {
            shown.push(text);
            if (text.includes("one")) printed.resolve();
          },
          writeStderr: () => {},
          readStdin: () => Promise.reject(new Error("stdin was read")),
          async *lines() {},
          askSecret: () => Promise.reject(new Error("a secret was asked for")),
        },
      },
    });
    equal((await program.result).code, 0);
    equal(shown.filter((text) => text.includes("two")).length, 1);
  });
}
