import assert from "node:assert/strict";
import { ACTIONS, injection } from "../../../scripts/faults/fault.ts";
import { planFaults } from "../../../scripts/faults/plan.ts";
import { blame } from "../../../scripts/faults/promise.ts";
import { NETWORK, parseTrace } from "../../../scripts/faults/trace.ts";

const ID = "82dd7a48-74e7-4022-9848-e72c34278237";
const TRACE = `
10 openat(AT_FDCWD</w>, "/lib/libc.so.6", O_RDONLY) = 3</lib/libc.so.6>
10 openat(AT_FDCWD</w>, "/s/home/key.txt", O_RDONLY) = 3</s/home/key.txt>
11 write(4</s/home/.key.txt.${ID}>, "/"..., 9 <unfinished ...>
10 write(1<pipe:[7]>, "/s/home/key.txt"..., 9) = 9
11 <... write resumed>) = -1 EIO (Input/output error) (INJECTED)
10 recvfrom(5<TCP:[127.0.0.1:1->127.0.0.1:2]>, ""..., 9, 0, NULL, NULL) = 0
10 recvfrom(6<UNIX-STREAM:[8]>, ""..., 9, 0, NULL, NULL) = 0
11 +++ killed by SIGKILL +++`;

Deno.test("parseTrace() tells which calls touch the stand, and which of them failed on purpose", () => {
  const { calls, isKilled } = parseTrace(TRACE, "/s");
  assert.equal(isKilled, true);
  assert.deepEqual(
    calls.map(({ thread, name, path, number, isInjected }) =>
      [thread, name, path, number, isInjected].join(" ")
    ),
    [
      "0 openat  1 false",
      "0 openat /home/key.txt 2 false",
      "1 write /home/.key.txt.* 1 true",
      "0 write  1 false",
      `0 recvfrom ${NETWORK} 1 false`,
      "0 recvfrom  2 false",
    ],
  );
  assert.equal(calls[1]?.numberOfPath, 1);
});

Deno.test("planFaults() gives the same faults for the same seed, all actions for each call, and nothing outside of the stand", () => {
  const { calls } = parseTrace(TRACE, "/s");
  const plan = planFaults([{ scenario: "x", calls }], 3);
  assert.deepEqual(plan, planFaults([{ scenario: "x", calls }], 3));
  assert.equal(plan.length, 3 * ACTIONS.length);
  assert.deepEqual(
    new Set(plan.map(({ call, path }) => `${call} ${path}`)),
    new Set([
      "openat /home/key.txt",
      "write /home/.key.txt.*",
      `recvfrom ${NETWORK}`,
    ]),
  );
});

Deno.test("injection() names the file to strace only where its name is the same in each run", () => {
  const fault = { scenario: "x", call: "write", lasts: false } as const;
  const named = { ...fault, path: "/a", when: 2, action: "EIO" } as const;
  assert.deepEqual(injection(named, "/s").slice(3), [
    "inject=write:error=EIO:when=2",
    "-P",
    "/s/a",
  ]);
  const random = { ...fault, path: "/.a.*", when: 2, action: "KILL" } as const;
  assert.deepEqual(injection(random, "/s").slice(3), [
    "inject=write:signal=KILL:when=2",
  ]);
});

for (
  const [what, code, text] of [
    ["a raw message", 2, "error: Cannot read x: gone (os error 5)\n"],
    ["a fault of the program", 1, "error: Unexpected: TypeError\n"],
    ["a panic", 101, "thread 'main' panicked at main.rs:1:1\n"],
    ["a stack", 2, "error: x\n    at read (file.js:12:3)\n"],
    ["a sound run that is called invalid", 2, "invalid   run.json\n"],
    ["the exit code of a bad run", 5, ""],
  ] as const
) {
  Deno.test(`blame() sees ${what}`, () => {
    const ended = { code, stdout: "", stderr: text, hangs: false };
    assert.deepEqual(blame(ended).map(({ kind }) => kind), ["blames"]);
  });
}

Deno.test("blame() finds nothing in an error that names the disk", () => {
  const stderr = "error: Cannot use a file: too many are open at once (EMFILE)";
  assert.deepEqual(blame({ code: 2, stdout: "", stderr, hangs: false }), []);
});
