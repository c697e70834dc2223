import assert from "node:assert/strict";
import { diskFault, reasonOf } from "../../src/system/disk_fault.ts";

/** An error as the runtime makes it. */
function answered(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}

for (
  const code of [
    "EIO",
    "ENOSPC",
    "EDQUOT",
    "EROFS",
    "ENOLCK",
    "ESTALE",
    "EMFILE",
    "EACCES",
    "EBUSY",
  ]
) {
  Deno.test(`diskFault() makes of ${code} an error of the disk with file, cause and way out`, () => {
    const error = answered(code, "text (os error 1): open '/home/a file'");
    const fault = diskFault(error);
    assert.equal(fault?.kind, "disk");
    assert.equal(fault.exitCode, 2);
    assert.match(
      fault.message,
      /^Cannot use "\/home\/a file": .*(?: \(E[A-Z]+\)|permission denied)$/,
    );
    assert.equal(fault.hints.length, 1);
    const lock = diskFault(error, { what: 'Cannot lock "x"' });
    assert.match(lock?.message ?? "", /^Cannot lock "x": /);
  });
}

Deno.test(
  "diskFault() knows an error by its number where the runtime has no code",
  {
    ignore: Deno.build.os !== "linux",
  },
  () => {
    const fault = diskFault(new Error("Stale file handle (os error 116)"));
    assert.match(
      fault?.message ?? "",
      /the share has lost the file \(ESTALE\)$/,
    );
  },
);

Deno.test(
  "diskFault() knows an error of node:fs by its number where that has no name",
  { ignore: Deno.build.os !== "linux" },
  () => {
    const error = Object.assign(new Error("UNKNOWN: unknown error, fstat"), {
      code: "UNKNOWN",
      errno: -116,
    });
    assert.match(diskFault(error)?.message ?? "", /\(ESTALE\)$/);
  },
);

Deno.test("reasonOf() repeats neither the runtime's numbers nor its calls", () => {
  const reasons = [
    "It is odd (os error 999): rename '/a' -> '/b'",
    "EODD: it is odd, open '/a'",
    "EODD: it is odd, fstat",
  ].map((message) => reasonOf(new Error(message)));
  assert.deepEqual(reasons, ["It is odd", "it is odd", "it is odd"]);
});

Deno.test("diskFault() leaves a fault of the program and of the network alone", () => {
  const others = [
    new TypeError("x is undefined"),
    answered("ECONNREFUSED", "Connection refused (os error 111)"),
    answered("ERR_INVALID_ARG_TYPE", "not a text"),
    "EIO",
  ];
  assert.deepEqual(others.map((error) => diskFault(error)), [
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});
