import { deepStrictEqual as equal } from "node:assert/strict";
import { join } from "node:path";
import { openHttpClient } from "../../src/system/http_client.ts";
import { inputFiles } from "../../src/system/input_files.ts";
import { runFile } from "../support/runs.ts";
import { setLoggedInStage } from "../support/stage.ts";

/** How often a file is opened whose path ends so, while the work goes on. */
async function openings(
  end: string,
  work: () => Promise<void>,
): Promise<number> {
  const { open } = Deno;
  let count = 0;
  Deno.open = (path, options) => {
    if (String(path).endsWith(end)) count++;
    return open(path, options);
  };
  try {
    await work();
  } finally {
    Deno.open = open;
  }
  return count;
}

Deno.test("upload of three folders reads the CA file, opens a client and opens the ledger once each", async () => {
  await using stage = await setLoggedInStage();
  const folders = ["runs", "empty1", "empty2"].map((name) =>
    stage.folder.join(name)
  );
  for (const folder of folders) await Deno.mkdir(folder);
  const path = join(folders[0] ?? "", "a.json");
  await Deno.copyFile(runFile("minimum.jsonloader"), path);
  equal((await stage.run(["upload", ...folders])).code, 0);
  const lock = "ledger.db.lock";
  const once = await openings(lock, async () => {
    await stage.run(["history"]);
  });
  const count = { authorities: 0, clients: 0, ledgers: 0 };
  const { caFile } = stage.sandbox;

  count.ledgers = await openings(lock, async () => {
    const result = await stage.run(["upload", ...folders], {
      system: {
        inputFiles: {
          ...inputFiles,
          read(path, limit) {
            if (path === caFile) count.authorities++;
            return inputFiles.read(path, limit);
          },
        },
        openHttpClient(options) {
          count.clients++;
          return openHttpClient(options);
        },
      },
    });
    equal(result.code, 0);
  });

  equal(count, { authorities: 1, clients: 1, ledgers: once });
});
