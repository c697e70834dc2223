import assert from "node:assert/strict";
import {
  browserLaunchers,
  ENVIRONMENT,
  permissionFlags,
} from "../../scripts/compile/permissions.ts";
import { TARGETS } from "../../scripts/compile/targets.ts";

const PER_NAME = ["--allow-env", "--allow-run", "--allow-sys"];
const NEVER = ["--allow-all", "-A", "--allow-ffi", "--allow-import"];

for (const target of TARGETS) {
  const flags = permissionFlags(target);

  Deno.test(`permissionFlags(${target}) never asks a question`, () => {
    assert.ok(flags.includes("--no-prompt"));
  });

  Deno.test(`permissionFlags(${target}) names each variable, command and fact`, () => {
    for (const name of PER_NAME) {
      const found = flags.filter((flag) => flag.split("=")[0] === name);
      assert.equal(found.length, 1, name);
      assert.match(found[0] ?? "", /=[^,]+(,[^,]+)*$/);
    }
  });

  Deno.test(`permissionFlags(${target}) grants nothing wholesale`, () => {
    const names = flags.map((flag) => flag.split("=")[0] ?? "");
    assert.deepEqual(NEVER.filter((name) => names.includes(name)), []);
  });

  Deno.test(`permissionFlags(${target}) makes unnamed variables undefined`, () => {
    assert.ok(flags.includes("--ignore-env"));
  });

  Deno.test(`browserLaunchers(${target}) are whole paths: a name needs PATH at every start`, () => {
    const absolute = target.includes("windows") ? /^C:\\/ : /^\//;
    for (const path of browserLaunchers(target)) assert.match(path, absolute);
  });
}

Deno.test("ENVIRONMENT names nothing twice and nothing that splits the list", () => {
  assert.equal(new Set(ENVIRONMENT).size, ENVIRONMENT.length);
  for (const name of ENVIRONMENT) assert.match(name, /^[A-Za-z_]+$/);
});
