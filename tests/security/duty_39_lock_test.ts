import { deepStrictEqual as equal, ok } from "node:assert/strict";
import { lockFile } from "../../src/system/file_lock.ts";
import { systemClock } from "../../src/system/clock.ts";
import { AppError } from "../../src/system/app_error.ts";
import { setFakeStage } from "../support/fake_stage.ts";
import { listing, TemporaryFolder } from "../support/temporary_folder.ts";
import { startChild } from "../system/child.ts";

Deno.test("duty 39: locks lie beside the logins, not in a folder of everybody", async () => {
  await using stage = await setFakeStage();
  const { code } = await stage.run(["sc-login", "--api-key-file", "-"], {
    stdin: "the-key",
  });
  equal(code, 0);
  const locks = (await listing(stage.home)).filter((line) =>
    /lock$/.test(line)
  );
  equal(locks.map((line) => line.replace(/http-127.*\./, "HOST.")), [
    "600 key.txt.lock",
    "600 logins/HOST.lock",
  ]);
});

Deno.test("duty 39: no lock makes a file where a planted link leads", async () => {
  await using folder = await TemporaryFolder.make();
  const victim = folder.join("victim");
  await Deno.symlink(victim, folder.join("a.lock"));
  const locking = lockFile(folder.join("a.lock"), { clock: systemClock });
  equal(
    await locking.then(() => "", ({ code }: AppError) => code),
    "store_unsafe",
  );
  equal(await Deno.stat(victim).then(() => "made", () => "none"), "none");
});

for (const exists of [true, false]) {
  Deno.test(`duty 39: a swapper of links has no lock change ${exists ? "its victim" : "a file that is not there"} (CVE-2025-68146)`, async () => {
    await using folder = await TemporaryFolder.make();
    const victim = folder.join("victim");
    const content = "precious".repeat(100);
    if (exists) await Deno.writeTextFile(victim, content, { mode: 0o640 });
    const path = folder.join("a.lock");
    await using swapper = startChild("swap_link.ts", {
      args: [path, victim],
    });
    equal(await swapper.line(), "swapping");
    const outcomes = new Map<string, number>();
    for (let turn = 0; turn < 1500; turn++) {
      const outcome = await lockFile(path, { clock: systemClock }).then(
        (lock) => {
          lock[Symbol.dispose]();
          return "locked";
        },
        (error) => error instanceof AppError ? error.code : String(error),
      );
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    }
    // Whatever it met on the way, it had a name; what counts is the victim.
    const named = ["locked", "store_unsafe", "store_unwritable"];
    ok([...outcomes.keys()].every((one) => named.includes(one)));
    ok(outcomes.has("locked") && outcomes.has("store_unsafe"));
    if (exists) {
      equal(await Deno.readTextFile(victim), content);
      equal(((await Deno.stat(victim)).mode ?? 0) & 0o777, 0o640);
    } else {
      equal(await Deno.stat(victim).then(() => "made", () => "none"), "none");
    }
  });
}
