import assert from "node:assert/strict";
import { AppError } from "../../src/system/app_error.ts";
import { Output, PLAIN } from "../../src/cli/output.ts";
import { screenOf, usesColour } from "../../src/cli/screen.ts";
import { fakeSystem, type Variables } from "../system/fake_system.ts";
import { fakeTerminal } from "../system/fake_terminal.ts";

function surface(
  variables: Variables,
  { isTerminal = true, knowsCodes = true } = {},
) {
  const { environment } = fakeSystem("/nowhere", { variables });
  return {
    environment,
    terminal: { ...fakeTerminal(), knowsCodes, stdoutIsTerminal: isTerminal },
  };
}

for (
  const [variables, expected] of [
    [{}, true],
    [{ LANG: "de_DE.UTF-8" }, true],
    [{ LANG: "C" }, false],
    [{ LANG: "en_US.UTF-8", LC_ALL: "POSIX" }, false],
    [{ LANG: "C", LC_CTYPE: "C.utf8" }, true],
  ] as const
) {
  Deno.test(`screenOf() has ${expected ? "" : "no "}marks for ${JSON.stringify(variables)}`, () => {
    assert.equal(screenOf(surface(variables)).hasMarks, expected);
  });
}

Deno.test("screenOf() has no marks for a pipe, nor for a terminal without codes", () => {
  assert.equal(screenOf(surface({}, { isTerminal: false })).hasMarks, false);
  assert.equal(screenOf(surface({}, { knowsCodes: false })).hasMarks, false);
  assert.equal(screenOf(surface({})).columns, 80);
});

Deno.test("usesColour() heeds NO_COLOR, FORCE_COLOR and a terminal without codes", () => {
  assert.equal(usesColour(surface({})), true);
  assert.equal(usesColour(surface({ NO_COLOR: "1" })), false);
  assert.equal(usesColour(surface({}, { knowsCodes: false })), false);
  assert.equal(usesColour(surface({}, { isTerminal: false })), false);
  const forced = surface({ FORCE_COLOR: "1" }, { isTerminal: false });
  assert.equal(usesColour(forced), true);
});

Deno.test("Output colours words only where it may, and cleans them first", () => {
  const line = [
    { text: "bad\x1b[2J", tone: "bad" },
    { text: "  a  " },
  ] as const;
  const event = { event: "forget_summary", forgotten: 0 } as const;
  for (
    const [colours, expected] of [
      [false, "bad [2J  a\n"],
      [true, "\x1b[1;31mbad [2J\x1b[0m  a\n"],
    ] as const
  ) {
    const terminal = fakeTerminal();
    new Output(terminal, { ...PLAIN, colours }).result(event, [line]);
    assert.equal(terminal.stdout(), expected);
  }
});

Deno.test("usesColour() looks at the stream that is meant", () => {
  const { environment, terminal } = surface({}, { isTerminal: false });
  const system = {
    environment,
    terminal: { ...terminal, stderrIsTerminal: true },
  };
  assert.equal(usesColour(system, "stderr"), true);
  assert.equal(usesColour(system), false);
});

Deno.test("Output colours the words of stderr only where it may, and nothing else of the line", () => {
  const error = new AppError("usage", "bad\x1b[2J error: x", { hints: ["do"] });
  for (
    const [stderrColours, expected] of [
      [false, "error: bad [2J error: x\nhint: do\nwarning: w\nnote: n\nwork\n"],
      [
        true,
        "\x1b[1;31merror:\x1b[0m bad [2J error: x\n\x1b[1mhint:\x1b[0m do\n" +
        "\x1b[33mwarning:\x1b[0m w\n\x1b[2mnote:\x1b[0m n\nwork\n",
      ],
    ] as const
  ) {
    const terminal = fakeTerminal();
    const output = new Output(terminal, { ...PLAIN, stderrColours });
    output.error(error);
    output.warn("w");
    output.aside("n");
    output.note("work");
    assert.equal(terminal.stderr(), expected);
  }
});
