import { deepStrictEqual as equal, match, ok } from "node:assert/strict";
import { type Clock, systemClock } from "../../src/system/clock.ts";
import type { Terminal } from "../../src/system/terminal.ts";
import { type FakeStage, setFakeStage } from "../support/fake_stage.ts";
import { eventsOf, Output } from "../support/running_program.ts";
import { runFile } from "../support/runs.ts";
import { until } from "../support/until.ts";

/** A minute takes 100 ms. */
const HASTE = 600;

const hasty: Clock = {
  now: systemClock.now,
  monotonic: () => systemClock.monotonic() * HASTE,
  sleep: (milliseconds, signal) =>
    systemClock.sleep(milliseconds / HASTE, signal),
};

/** A terminal that keeps what is written to it. */
function terminalOf(output: Output): Terminal {
  return {
    stdoutIsTerminal: true,
    stderrIsTerminal: true,
    knowsCodes: true,
    columns: 200,
    stdinIsTerminal: false,
    writeStdout: (text) => output.add("stdout", text),
    writeStderr: (text) => output.add("stderr", text),
    readStdin: () => Promise.reject(new Error("stdin was read")),
    async *lines() {},
    askSecret: () => Promise.reject(new Error("a secret was asked for")),
  };
}

/** A stand with a folder that holds one run, and a service that can go away. */
async function outageStage(): Promise<
  FakeStage & { readonly runs: string; readonly service: { isAway: boolean } }
> {
  const stage = await setFakeStage();
  const runs = stage.folder.join("runs");
  await Deno.mkdir(runs);
  await Deno.copyFile(runFile("minimum.jsonloader"), `${runs}/a.json`);
  const service = Object.assign(stage.service, { isAway: true });
  const good = service.answers["test_report"];
  service.answers["test_report"] = (form) =>
    service.isAway ? new Response(null, { status: 503 }) : good(form);
  return { ...stage, service, runs: await Deno.realPath(runs) };
}

Deno.test("upload --watch --json says what it watches, that it pauses, again each minute, and that it goes on", async () => {
  await using stage = await outageStage();
  const { runs, service } = stage;
  const program = stage.start(["upload", "--watch", "--json", runs], {
    system: { clock: hasty },
  });
  const said = (event: string) =>
    program.output.stdout.split(`"event":"${event}"`).length - 1;
  await until(() => said("paused") >= 3);
  service.isAway = false;
  await until(() => said("report") === 1);
  program.interrupt();
  const result = await program.result;

  const [watching, ...events] = eventsOf(result);
  equal(watching, {
    event: "watching",
    folders: [runs],
    address: service.address,
  });
  const paused = events.filter(({ event }) => event === "paused");
  for (const { cause, waiting, next_try_at: next } of paused) {
    equal([cause, waiting], ["StandCloud answers with HTTP 503", 1]);
    match(String(next), /^20\d\d-.+Z$/);
  }
  const rest = events.slice(paused.length);
  const names = rest.map(({ event }) => event);
  equal(names, ["resumed", "report", "summary"]);
  ok(Number(rest[0]?.["seconds"]) > 60);
});

Deno.test("upload --watch that Ctrl-C ends says `stopped` and its summary, and no error", async () => {
  await using stage = await outageStage();
  const { runs, service } = stage;
  service.isAway = false;
  for (const flags of [[], ["--json"]]) {
    const program = stage.start(["upload", "--watch", ...flags, runs]);
    await program.output.find(/(watching)/);
    program.interrupt();
    const result = await program.result;
    equal(result.code, 130);
    equal(result.stderr.includes("error"), false);
    if (flags.length === 0) {
      match(result.stderr, /^20\S+Z watching \S+ for \S+; Ctrl-C stops\n/);
      match(result.stderr, /\n20\S+Z stopped\n$/);
      match(result.stdout, / in \d+\.\d s \(address: /);
    } else {
      equal(eventsOf(result).at(-1)?.["event"], "summary");
      equal(result.stdout.includes('"error"'), false);
      equal(result.stderr, "");
    }
  }
});

Deno.test("upload --watch on a terminal shows below all lines what it watches, what came of it, and a pause while it lasts", async () => {
  await using stage = await outageStage();
  const { runs, service } = stage;
  const output = new Output();
  const program = stage.start(["upload", "--watch", runs], {
    system: { terminal: terminalOf(output) },
  });
  const isShown = (text: RegExp) => {
    const last = output.stderr.split("\r\x1b[K").at(-1) ?? "";
    return text.test(last);
  };
  await until(() =>
    isShown(
      /^paused until a try succeeds \(next at \d\d:\d\d:\d\d\), 1 waiting: StandCloud answers with HTTP 503$/,
    )
  );
  service.isAway = false;
  await until(() =>
    isShown(
      /^watching \S+runs: 1 uploaded, 0 waiting, 0 held, last upload \d\d:\d\d:\d\d$/,
    )
  );
  program.interrupt();
  equal((await program.result).code, 130);
  match(
    output.stderr,
    /K20\d\d-\d\d-\d\d \d\d:\d\d:\d\d paused until a try succeeds /,
  );
  match(output.stderr, /K20\d\d-\d\d-\d\d \d\d:\d\d:\d\d resumed: /);
  ok(isShown(/^20\d\d-\d\d-\d\d \d\d:\d\d:\d\d stopped\n$/));
});

Deno.test("upload on a terminal shows a pause in place of its bar", async () => {
  await using stage = await outageStage();
  const { runs, service } = stage;
  const output = new Output();
  const program = stage.start(["upload", runs], {
    system: { terminal: terminalOf(output) },
  });
  await until(() => output.stderr.includes("\r\x1b[Kpaused until "));
  service.isAway = false;
  equal((await program.result).code, 0);
  ok(output.stderr.endsWith("\r\x1b[K"));
});
