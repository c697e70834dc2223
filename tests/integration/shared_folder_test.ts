import { deepStrictEqual as equal, ok } from "node:assert/strict";
import { startSandbox } from "../../scripts/sandbox/sandbox.ts";
import { standOf } from "../support/login.ts";
import { arrived, writeReports } from "../support/many_reports.ts";
import { runBinary } from "../support/run_binary.ts";
import { eventsOf } from "../support/running_program.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";

const REPORTS = 200;
const API_KEY = "key-of-the-lab";

for (const after of ["move", "delete"]) {
  Deno.test(`upload --after ${after} of one folder by two processes at once ends well in both`, async () => {
    await using sandbox = await startSandbox({ apiKeys: [API_KEY] });
    await using folder = await TemporaryFolder.make();
    const runs = folder.join("runs");
    const serials = (await writeReports(runs, REPORTS)).sort();
    const upload = () =>
      runBinary(["upload", "--json", "--after", after, runs], {
        home: folder.join("home"),
        env: { ...standOf(sandbox), STANDCLOUD_API_KEY: API_KEY },
        patienceMilliseconds: 120_000,
      });

    const results = await Promise.all([upload(), upload()]);

    equal(results.map(({ code, stderr }) => [code, stderr]), [[0, ""], [
      0,
      "",
    ]]);
    equal(arrived(sandbox), serials);
    for (const result of results) {
      equal(eventsOf(result).at(-1)?.["waiting"], 0);
    }
    const left = await Array.fromAsync(Deno.readDir(runs));
    equal(left.filter(({ isFile }) => isFile), []);
    if (after === "delete") return;
    const moved = await Array.fromAsync(Deno.readDir(`${runs}/uploaded`));
    equal(moved.length, REPORTS);
    for (const { name } of moved) {
      const { size } = await Deno.stat(`${runs}/uploaded/${name}`);
      ok(size > 0, name);
    }
  });
}

for (const after of ["move", "delete"]) {
  Deno.test(`upload --after ${after} of one folder by two stands at once sends each run once, and leaves no claim`, async () => {
    await using sandbox = await startSandbox({ apiKeys: [API_KEY] });
    await using folder = await TemporaryFolder.make();
    const runs = folder.join("runs");
    const serials = (await writeReports(runs, REPORTS)).sort();
    const upload = (home: string) =>
      runBinary(["upload", "--json", "--after", after, runs], {
        home: folder.join(home),
        env: { ...standOf(sandbox), STANDCLOUD_API_KEY: API_KEY },
        patienceMilliseconds: 120_000,
      });

    const results = await Promise.all([upload("first"), upload("second")]);

    equal(results.map(({ code }) => code), [0, 0]);
    equal(arrived(sandbox), serials);
    const left = await Array.fromAsync(Deno.readDir(runs));
    equal(left.filter(({ isFile }) => isFile), []);
  });
}

Deno.test("a run whose stand died is looked up by the other stand of the folder, and its claim is cleared", async () => {
  await using sandbox = await startSandbox({ apiKeys: [API_KEY] });
  await using folder = await TemporaryFolder.make();
  const runs = folder.join("runs");
  const serials = (await writeReports(runs, 3)).sort();
  const upload = (home: string, ...flags: string[]) =>
    runBinary(["upload", "--json", ...flags, runs], {
      home: folder.join(home),
      env: { ...standOf(sandbox), STANDCLOUD_API_KEY: API_KEY },
    });
  equal((await upload("first")).code, 0);
  // As the first stand leaves it when it is killed before it moves the files.
  for await (const { name } of Deno.readDir(runs)) {
    await folder.write(`runs/.${name}.claim`, "");
  }
  await folder.write("runs/.long-gone.json.claim", "");

  const second = await upload("second", "--after=move");

  equal(second.code, 0);
  equal(arrived(sandbox), serials);
  const left = await Array.fromAsync(Deno.readDir(runs));
  equal(left.filter(({ isFile }) => isFile), []);
});

Deno.test("upload of a folder that is named in several ways takes each file once", async () => {
  await using sandbox = await startSandbox({ apiKeys: [API_KEY] });
  await using folder = await TemporaryFolder.make();
  const runs = folder.join("runs");
  await writeReports(runs, 3);
  const result = await runBinary(
    ["upload", "--json", "--after", "move", runs, `${runs}/../runs`],
    {
      home: folder.join("home"),
      env: { ...standOf(sandbox), STANDCLOUD_API_KEY: API_KEY },
    },
  );
  equal([result.code, eventsOf(result).at(-1)?.["uploaded"]], [0, 3]);
  equal(eventsOf(result).filter(({ event }) => event === "report").length, 3);
});
