import { deepStrictEqual as equal, match } from "node:assert/strict";
import { inputFiles } from "../../src/system/input_files.ts";
import { type FakeStage, setFakeStage } from "../support/fake_stage.ts";
import { outcomesOf } from "../support/outcomes.ts";
import { runFile } from "../support/runs.ts";
import { until } from "../support/until.ts";

const RUN = await Deno.readTextFile(runFile("minimum.jsonloader"));

function run(serial: string): string {
  const document = JSON.parse(RUN);
  document.dut.serial_number = serial;
  return JSON.stringify(document) + "\n";
}

const append = (path: string, text: string) =>
  Deno.writeTextFile(path, text, { append: true });

/** StandCloud as it is, after it was out of order so often. */
function failFirst(
  { service }: FakeStage,
  times: number,
  meanwhile = () => Promise.resolve(),
): void {
  const good = service.answers["test_report"];
  let calls = 0;
  service.answers["test_report"] = async (form) => {
    if (++calls > times) return good(form);
    if (calls === times) await meanwhile();
    return new Response(null, { status: 503 });
  };
}

for (const after of ["move", "delete"]) {
  for (const by of ["another file", "another text"]) {
    Deno.test(`upload --after ${after} leaves a file that is replaced by ${by} of the same size and time while it is sent`, async () => {
      await using stage = await setFakeStage();
      const path = await stage.folder.write("run.json", run("A"));
      const other = await stage.folder.write("other", run("B"));
      const past = new Date(2026, 0, 1);
      for (const one of [path, other]) await Deno.utime(one, past, past);
      const good = stage.service.answers["test_report"];
      stage.service.answers["test_report"] = async (form) => {
        if (by === "another file") await Deno.rename(other, path);
        else {
          // The runtime tells the time of a change in whole seconds.
          await new Promise((resolve) => setTimeout(resolve, 1100));
          await Deno.writeTextFile(path, run("B"));
          await Deno.utime(path, past, past);
        }
        return await good(form);
      };

      const { stdout } = await stage.run(["upload", "--after", after, path]);

      match(stdout, /^uploaded /m);

      equal(await Deno.readTextFile(path), run("B"));
    });
  }

  Deno.test(`upload --after ${after} leaves a file to which a run was added while another one was tried again`, async () => {
    await using stage = await setFakeStage();
    const path = await stage.folder.write("runs.jsonl", run("A") + run("B"));
    await Deno.utime(path, new Date(0), new Date(0));
    failFirst(stage, 2, () => append(path, run("C")));

    const result = await stage.run(
      ["upload", "--json", "--after", after, path],
    );

    equal(outcomesOf(result).counts["uploaded"], 2);
    equal(await Deno.readTextFile(path), run("A") + run("B") + run("C"));
  });

  Deno.test(`upload --after ${after} leaves a file to which somebody adds a run a second later`, async () => {
    await using stage = await setFakeStage();
    const path = await stage.folder.write("runs.jsonl", run("A"));

    const { output, result } = stage.start(["upload", "--after", after, path]);
    await until(() => output.stdout.includes("uploaded "));
    await new Promise((resolve) => setTimeout(resolve, 1000));
    await append(path, run("B"));

    equal((await result).code, 0);
    equal(await Deno.readTextFile(path), run("A") + run("B"));
  });

  for (const minutes of [5, -5]) {
    Deno.test(`upload --after ${after} does so too where the clock of the drive is ${minutes} minutes off`, async () => {
      await using stage = await setFakeStage();
      const path = await stage.folder.write("runs.jsonl", run("A"));
      const off = () => new Date(Date.now() + minutes * 60_000);
      await Deno.utime(path, off(), off());

      const { output, result } = stage.start([
        "upload",
        "--after",
        after,
        path,
      ]);
      await until(() => output.stdout.includes("uploaded "));
      await new Promise((resolve) => setTimeout(resolve, 1000));
      await append(path, run("B"));
      await Deno.utime(path, off(), off());

      equal((await result).code, 0);
      equal(await Deno.readTextFile(path), run("A") + run("B"));
    });
  }
}

Deno.test("upload --watch --after move sends all of a file that grows line by line before it moves it", async () => {
  await using stage = await setFakeStage();
  const runs = stage.folder.join("runs");
  await Deno.mkdir(runs);
  const path = `${runs}/line.jsonl`;
  const { output, result, interrupt } = stage.start(
    ["upload", "--watch", "--after", "move", runs],
  );
  for (const serial of ["A", "B", "C"]) {
    await append(path, run(serial));
    await until(() => output.stdout.includes(`serial number ${serial}`));
  }
  const moved = `${runs}/uploaded/line.jsonl`;
  await until(() => Deno.stat(moved).then(() => true, () => false));
  interrupt();

  equal((await result).code, 130);
  equal(await Deno.readTextFile(moved), run("A") + run("B") + run("C"));
  equal(stage.service.forms("test_report").length, 3);
});

Deno.test("upload --watch sends the run that waited in HardPy's record when the next one has replaced it", async () => {
  await using stage = await setFakeStage();
  const store = stage.folder.join("runs/storage/runstore");
  await Deno.mkdir(store, { recursive: true });
  const path = `${store}/localhost_8000.json`;
  failFirst(stage, 1, () => Deno.writeTextFile(path, run("B")));
  await Deno.writeTextFile(path, run("A"));
  const { output, result, interrupt } = stage.start(
    ["upload", "--watch", stage.folder.join("runs")],
  );

  await until(() =>
    ["A", "B"].every((serial) =>
      output.stdout.includes(`(serial number ${serial}, run`)
    )
  );
  interrupt();

  match((await result).stdout, /\n2 uploaded in /);
});

Deno.test("history retry sends the run that waits and whose place in HardPy's record is taken", async () => {
  await using stage = await setFakeStage();
  const store = stage.folder.join("storage/runstore");
  await Deno.mkdir(store, { recursive: true });
  const path = `${store}/localhost_8000.json`;
  await Deno.writeTextFile(path, run("A"));
  failFirst(stage, 1, () => Deno.writeTextFile(path, run("B")));
  equal((await stage.run(["upload", "--retry-for", "0", path])).code, 6);

  const { code, stdout } = await stage.run(["history", "retry"]);

  equal(code, 0);
  match(stdout, /^uploaded .*serial number A/);
});

Deno.test("upload --watch leaves a refused report alone when it meets it in a pause", async () => {
  await using stage = await setFakeStage();
  const runs = stage.folder.join("runs");
  await Deno.mkdir(runs);
  await Deno.writeTextFile(`${runs}/refused.json`, run("R"));
  const good = stage.service.answers["test_report"];
  stage.service.answers["test_report"] = () =>
    Response.json({ detail: "no such operator" }, { status: 422 });
  await stage.run(["upload", runs]);
  stage.service.answers["test_report"] = () =>
    new Response(null, { status: 503, headers: { "retry-after": "3" } });
  const other = await stage.folder.write("other.json", run("O"));
  await stage.run(["upload", "--retry-for", "0", other]);
  stage.service.answers["test_report"] = good;

  await Deno.writeTextFile(`${runs}/new.json`, run("N"));
  const { output, result, interrupt } = stage.start([
    "upload",
    "--watch",
    runs,
  ]);
  await until(() => output.stdout.includes("(serial number N, run"));
  interrupt();

  match((await result).stdout, /^rejected .*no such operator/m);
  const rejected = await stage.run(["history", "--rejected"]);
  match(rejected.stdout, /no such operator/);
  equal(stage.service.forms("test_report").length, 3);
});

Deno.test("upload of a folder says that a file of it was gone before it could be read", async () => {
  await using stage = await setFakeStage();
  const runs = stage.folder.join("runs");
  await Deno.mkdir(runs);
  for (const name of ["a", "b", "c", "d"]) {
    await stage.folder.write(`runs/${name}.json`, run(name));
  }
  failFirst(stage, 1, () => Deno.rename(`${runs}/d.json`, `${runs}/e.json`));
  const args = ["upload", "--concurrency", "1", runs];
  const system = {
    inputFiles: {
      ...inputFiles,
      async read(path: string, limit: number) {
        // Those behind the first one are read after the request.
        if (path.endsWith("d.json")) {
          await until(() => stage.service.forms("test_report").length > 0);
          await until(() => gone(path));
        }
        return await inputFiles.read(path, limit);
      },
    },
  };

  const { result } = stage.start(args, { system });

  const { code, stdout, stderr } = await result;
  equal([code, stdout.match(/^uploaded/gm)?.length], [0, 3]);
  match(stderr, /^note: 1 file was taken away before it could be read; /m);
  match((await stage.run(args)).stdout, /^uploaded .*e\.json/m);
});

function gone(path: string): Promise<boolean> {
  return Deno.stat(path).then(() => false, () => true);
}
