import { CLAIMED, PAUSING } from "./transitions/claimed.ts";
import { READING } from "./transitions/reading.ts";
import { READY, UNSENT } from "./transitions/ready.ts";
import { Scene } from "./transitions/scene.ts";

for (
  const { row, says, play } of [READING, READY, UNSENT, CLAIMED, PAUSING].flat()
) {
  Deno.test(`upload, ${row}: ${says}`, async () => {
    await using scene = await Scene.make();
    await play(scene);
  });
}
