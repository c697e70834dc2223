import assert from "node:assert/strict";
import { type Clock, systemClock } from "../../src/system/clock.ts";
import type { UploadSource } from "../../src/upload/upload_source.ts";
import { watchSources } from "../../src/upload/watch.ts";
import { fakeSystem } from "../system/fake_system.ts";
import { writeAtOnce } from "../support/many_files.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";

/** Watches a folder; ends, for good, when `isOver` says so of the paths given so far. */
async function given(
  { path, clock }: { path: string; clock: Clock },
  isOver: (given: string[]) => boolean,
  onPath?: (path: string) => void,
): Promise<string[]> {
  const over = new AbortController();
  const system = { ...fakeSystem(path), clock, interrupted: over.signal };
  const paths: string[] = [];
  const look = () => isOver(paths) && over.abort();
  const sources = watchSources(
    {
      ...system,
      clock: {
        ...clock,
        async sleep(milliseconds, signal) {
          await clock.sleep(milliseconds, signal);
          look();
        },
      },
    },
    {
      folders: [await Deno.realPath(path)],
      accepts: (name) => name.endsWith(".json"),
      enters: () => true,
      sourceOf: (name) => ({ name }) as UploadSource,
      onSkip: () => {},
    },
  );
  for await (const { name } of sources) {
    paths.push(name);
    onPath?.(name);
    look();
  }
  return paths;
}

for (const count of [50, 300]) {
  Deno.test(`watchSources() gives ${count} files that appear at once within seconds, each once`, async () => {
    await using folder = await TemporaryFolder.make();
    await folder.write("first.json", "{}");
    const begin = performance.now();
    const paths = await given(
      { path: folder.path, clock: systemClock },
      (paths) => paths.length > count || performance.now() - begin > 10_000,
      (path) => {
        if (!path.endsWith("first.json")) return;
        setTimeout(() => writeAtOnce(folder.path, count), 700);
      },
    );
    assert.equal(new Set(paths).size, count + 1);
    assert.equal(paths.length, count + 1);
    assert.ok(performance.now() - begin < 4000);
  });
}
