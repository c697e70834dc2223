import assert from "node:assert/strict";
import { newKeyFile } from "../../src/tokens/age_box.ts";
import { findKeySource } from "../../src/tokens/find_key_source.ts";
import { appError } from "../system/errors.ts";
import { NOON } from "../system/fake_clock.ts";
import { fakeSystem } from "../system/fake_system.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";

const GIVEN = ["STANDCLOUD_KEY_FILE", "STANDCLOUD_PASSPHRASE_FILE"];

for (const name of GIVEN) {
  /** What is told when the file that the variable names is used with this mode. */
  const use = async (folder: TemporaryFolder, mode: number) => {
    const path = folder.join("given");
    await Deno.writeTextFile(path, await newKeyFile(NOON));
    await Deno.chmod(path, mode);
    const told: string[] = [];
    const variables = { [name]: path };
    const system = fakeSystem(folder.path, { variables });
    const warn = (message: string) => void told.push(message);
    const source = await findKeySource(system, undefined, { warn });
    await source.key();
    await source.key();
    return told;
  };

  for (const mode of [0o666, 0o620, 0o602, 0o660]) {
    Deno.test({
      name: `duty 56: a file of ${name} with mode ${
        mode.toString(8)
      } is refused`,
      ignore: Deno.build.os === "windows",
      async fn() {
        await using folder = await TemporaryFolder.make();
        await assert.rejects(
          use(folder, mode),
          appError("store_unsafe", /given": other users .* may change it/),
        );
      },
    });
  }

  Deno.test({
    name: `duty 56: a file of ${name} that others can read is told of once`,
    ignore: Deno.build.os === "windows",
    async fn() {
      await using folder = await TemporaryFolder.make();
      const [told = "", ...more] = await use(folder, 0o644);
      assert.match(told, /^other users .* may read ".*given"; run: chmod 600/);
      assert.deepEqual(more, []);
      // A service manager hands secrets over to a group.
      for (const mode of [0o600, 0o400, 0o440]) {
        assert.deepEqual(await use(folder, mode), []);
        await Deno.remove(folder.join("given"));
      }
    },
  });

  Deno.test({
    name: `duty 56: a file of ${name} of another user is refused`,
    ignore: Deno.build.os === "windows" || Deno.uid() !== 0,
    async fn() {
      await using folder = await TemporaryFolder.make();
      await Deno.writeTextFile(folder.join("given"), "");
      await Deno.chown(folder.join("given"), 65534, 65534);
      await assert.rejects(
        use(folder, 0o600),
        appError("store_unsafe", /given": it belongs to another user/),
      );
    },
  });
}
