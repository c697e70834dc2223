import assert from "node:assert/strict";
import { readInput } from "../../src/system/read_input.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";
import { appError } from "./errors.ts";

const LIMIT = 1024;

Deno.test("readInput() follows a link that the user named, and none that was found (duty 50)", async () => {
  await using folder = await TemporaryFolder.make();
  const file = await folder.write("a.json", "content");
  const link = folder.join("link.json");
  await Deno.symlink(file, link);
  const named = await readInput(link, LIMIT);
  assert.equal(new TextDecoder().decode(named), "content");
  const within = await Deno.realPath(folder.path);
  await assert.rejects(
    readInput(link, LIMIT, { within }),
    appError("input_unreadable", /it is a link$/),
  );
});

Deno.test("readInput() does not leave the folder by a sub-folder that was swapped for a link (duty 50)", async () => {
  await using folder = await TemporaryFolder.make();
  await Deno.mkdir(folder.join("private"));
  await folder.write("private/a.json", "secret");
  await Deno.mkdir(folder.join("shared"));
  await Deno.symlink(folder.join("private"), folder.join("shared/sub"));
  const within = await Deno.realPath(folder.join("shared"));
  await assert.rejects(
    readInput(folder.join("shared/sub/a.json"), LIMIT, { within }),
    appError("input_unreadable", /was replaced while it was opened$/),
  );
});

Deno.test("readInput() does not wait for a writer of a FIFO, nor read a device (duty 60)", async () => {
  await using folder = await TemporaryFolder.make();
  const fifo = folder.join("fifo.json");
  const made = await new Deno.Command("mkfifo", { args: [fifo] }).output();
  assert.equal(made.success, true);
  for (const path of [fifo, "/dev/zero"]) {
    await assert.rejects(
      readInput(path, LIMIT),
      appError("input_unreadable", /is not a file$/),
    );
  }
});

Deno.test("readInput() reads what tells no size, and what is as large as the limit", async () => {
  await using folder = await TemporaryFolder.make();
  const whole = await folder.write("whole", "x".repeat(LIMIT));
  assert.equal((await readInput(whole, LIMIT)).length, LIMIT);
  const more = await folder.write("more", "x".repeat(LIMIT + 1));
  await assert.rejects(
    readInput(more, LIMIT),
    appError("input_unreadable", /is larger than 1 KiB$/),
  );
});
