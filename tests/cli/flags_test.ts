import assert from "node:assert/strict";
import {
  type CommonFlags,
  commonFlags,
  oneOf,
  parseDuration,
  parsePorts,
  parseWhole,
  text,
  toggle,
  whole,
} from "../../src/cli/flags.ts";
import {
  buildApplication,
  buildCommand,
  type CommandContext,
  run,
} from "../../src/cli/stricli.ts";

interface Flags extends CommonFlags {
  readonly dryRun?: boolean;
  readonly concurrency?: number;
  readonly apiKeyFile?: string;
  readonly flow?: string;
  readonly port?: readonly number[];
}

/** What a command with these flags is given, whole. */
async function parse(
  ...args: string[]
): Promise<{ flags: Flags; paths: string[] } | string> {
  let given: { flags: Flags; paths: string[] } | undefined;
  const limits = { placeholder: "N", minimum: 1, maximum: 64 };
  const command = buildCommand<Flags, string[], CommandContext>({
    func(flags, ...paths) {
      const entries = Object.entries(flags)
        .filter(([, value]) => value !== undefined);
      given = { flags: Object.fromEntries(entries), paths };
    },
    parameters: {
      positional: {
        kind: "array",
        parameter: { brief: "paths", placeholder: "PATH", parse: String },
      },
      flags: {
        dryRun: toggle("a switch"),
        concurrency: whole("a number", limits),
        apiKeyFile: text("a text", "PATH|-"),
        flow: oneOf("a word", ["auto", "device"]),
        port: {
          kind: "parsed",
          brief: "ports",
          optional: true,
          parse: parsePorts,
        },
        ...commonFlags,
      },
    },
    docs: { brief: "a command" },
  });
  let complaint = "";
  const process = {
    stdout: { write: () => {} },
    stderr: { write: (line: string) => void (complaint += line) },
  };
  const application = buildApplication(command, {
    name: "test",
    scanner: { caseStyle: "allow-kebab-for-camel" },
  });
  await run(application, args, { process });
  return given ?? complaint;
}

Deno.test("toggle(), text() and whole() are undefined unless given", async () => {
  assert.deepEqual(await parse(), { flags: {}, paths: [] });
});

Deno.test("commonFlags and the others are parsed as they are typed", async () => {
  const parsed = await parse(
    "a.json",
    "--json",
    "--quiet",
    "--verbose",
    "--no-input",
    "--config=x.toml",
    "--ca-file",
    "ca.pem",
    "--key-file",
    "key.txt",
    "b.json",
    "--dry-run",
    "--concurrency",
    "64",
    "--api-key-file",
    "-",
    "--port",
    "8400, 8401",
  );
  assert.deepEqual(parsed, {
    flags: {
      json: true,
      quiet: true,
      verbose: true,
      noInput: true,
      config: "x.toml",
      caFile: "ca.pem",
      keyFile: "key.txt",
      dryRun: true,
      concurrency: 64,
      apiKeyFile: "-",
      port: [8400, 8401],
    },
    paths: ["a.json", "b.json"],
  });
});

Deno.test("whole() names the flag, the limits and what was typed", async () => {
  assert.match(
    String(await parse("--concurrency", "65")),
    /"65".*concurrency.*from 1 to 64/,
  );
});

Deno.test("oneOf() takes the words that it names, and no other", async () => {
  assert.deepEqual(await parse("--flow", "device"), {
    flags: { flow: "device" },
    paths: [],
  });
  for (const wrong of ["Device", "dev", ""]) {
    assert.match(
      String(await parse("--flow", wrong)),
      /flow.*one of auto, device is expected/,
    );
  }
});

for (
  const input of ["", " ", "-1", "+1", "1.0", "1e1", "0x1", "１", "11", "0"]
) {
  Deno.test(`parseWhole() refuses "${input}" as a number from 1 to 10`, () => {
    assert.throws(() => parseWhole(input, 1, 10), RangeError);
  });
}

Deno.test("parseWhole() takes the limits themselves", () => {
  assert.deepEqual(["1", "10", "007"].map((text) => parseWhole(text, 1, 10)), [
    1,
    10,
    7,
  ]);
});

Deno.test("parsePorts() takes ports in their order and nothing else", () => {
  assert.deepEqual(parsePorts("8401,8400"), [8401, 8400]);
  assert.deepEqual(parsePorts("1, 65535"), [1, 65535]);
  for (const wrong of ["", ",", "0", "65536", "80-90", "a"]) {
    assert.throws(() => parsePorts(wrong), RangeError);
  }
});

for (
  const [typed, seconds] of [
    ["0", 0],
    ["90", 90],
    ["007", 7],
    ["90s", 90],
    ["5m", 300],
    ["2h", 7200],
    ["1d", 86_400],
    ["3650d", 315_360_000],
  ] as const
) {
  Deno.test(`parseDuration() of "${typed}" is ${seconds} seconds`, () => {
    assert.equal(parseDuration(typed), seconds);
  });
}

for (
  const typed of [
    ..."s|m|-1|-5m|+5m|1.5h|1e3|5M|5min|5 m| 5m|1h30m|２m|3651d".split("|"),
    "",
    "9".repeat(400),
  ]
) {
  Deno.test(`parseDuration() refuses "${typed}" with an example`, () => {
    assert.throws(() => parseDuration(typed), {
      name: "RangeError",
      message:
        "a time span from 0s to 3650d is expected: seconds, or for example 90s, 5m, 2h, 1d",
    });
  });
}

Deno.test("parseDuration() names its limits in the unit that fits", () => {
  const refusal = (minimum: number, maximum: number) => {
    try {
      return parseDuration("x", { minimum, maximum });
    } catch (error) {
      return /from .* to \w+/.exec(String(error))?.[0];
    }
  };
  assert.deepEqual(
    [refusal(1, 86_400), refusal(60, 7200), refusal(90, 5400)],
    ["from 1s to 1d", "from 1m to 2h", "from 90s to 90m"],
  );
});
