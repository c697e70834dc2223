import assert from "node:assert/strict";
import { basename } from "node:path";
import { type Clock, systemClock } from "../../../src/system/clock.ts";
import type { FileSource } from "../../../src/upload/sources/upload_source.ts";
import { watchSources } from "../../../src/upload/sources/watch.ts";
import { fakeSystem } from "../../system/fake_system.ts";
import { writeAtOnce } from "../../support/many_files.ts";
import { TemporaryFolder } from "../../support/temporary_folder.ts";

/** So much faster goes the time. */
const HASTE = 5;
/** Some looks at what the operating system tells: what comes too often comes then. */
const MORE_MILLISECONDS = 500;

/** When the folder is watched. */
const SOON = 200;

const hasty: Clock = {
  ...systemClock,
  monotonic: () => systemClock.monotonic() * HASTE,
  sleep: (milliseconds, signal) =>
    systemClock.sleep(milliseconds / HASTE, signal),
};

/** The names of what is given of a folder until so many were, and a little longer. */
async function given(
  path: string,
  count: number,
  onSource: (source: FileSource) => void,
): Promise<string[]> {
  const stop = new AbortController();
  const interrupted = AbortSignal.any([
    stop.signal,
    AbortSignal.timeout(20_000),
  ]);
  const system = { ...fakeSystem(path), clock: hasty, interrupted };
  const sources = watchSources(system, {
    folders: [await Deno.realPath(path)],
    accepts: (name) => name.endsWith(".json"),
    enters: () => true,
    isLater: () => false,
    sourceOf: (name) => ({ name }) as FileSource,
    onSkip: () => {},
  });
  const names: string[] = [];
  for await (const source of sources) {
    names.push(basename(source.name));
    onSource(source);
    if (names.length === count) {
      systemClock.sleep(MORE_MILLISECONDS).then(() => stop.abort());
    }
  }
  return names;
}

Deno.test("watchSources() tells of a folder that it cannot look into each time that it goes away", async () => {
  await using folder = await TemporaryFolder.make();
  const told: string[] = [];
  let now = 0;
  const stop = new AbortController();
  const system = {
    ...fakeSystem(folder.path),
    clock: {
      ...systemClock,
      monotonic: () => now,
      // A minute, after which all folders are looked through again.
      async sleep() {
        const pass = (now += 60_000) / 60_000;
        if ([2, 5].includes(pass)) await Deno.remove(folder.join("w"));
        if (pass === 4) await Deno.mkdir(folder.join("w"));
        if (pass === 7) stop.abort();
      },
    },
    interrupted: stop.signal,
  };
  await Deno.mkdir(folder.join("w"));
  const sources = watchSources(system, {
    folders: [folder.join("w")],
    accepts: () => true,
    enters: () => true,
    isLater: () => false,
    sourceOf: (name) => ({ name }) as FileSource,
    onSkip: (reason) => void told.push(reason),
  });
  for await (const _ of sources);
  assert.equal(told.length, 2, told.join("\n"));
});

for (const count of [50, 300]) {
  Deno.test(`watchSources() gives ${count} files that appear at once within seconds, each once`, async () => {
    await using folder = await TemporaryFolder.make();
    await folder.write("first.json", "{}");
    const names = await given(folder.path, count + 1, ({ name }) => {
      if (basename(name) !== "first.json") return;
      setTimeout(() => writeAtOnce(folder.path, count), SOON);
    });
    assert.equal(new Set(names).size, count + 1);
    assert.equal(names.length, count + 1);
  });
}

Deno.test("watchSources() gives a file once more as soon as its permissions have changed, if that was asked for", async () => {
  await using folder = await TemporaryFolder.make();
  for (const name of ["a.json", "b.json"]) await folder.write(name, "{}");
  let count = 0;
  const names = await given(folder.path, 3, ({ name, tryAgain }) => {
    if (++count > 2) return;
    if (basename(name) === "a.json") tryAgain?.();
    setTimeout(() => Deno.chmod(name, 0o600), SOON);
  });
  assert.deepEqual(names, ["a.json", "b.json", "a.json"]);
});
