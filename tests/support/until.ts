/** Waits until it is so. */
export async function until(
  isTrue: () => boolean | Promise<boolean>,
): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    if (await isTrue()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("it did not happen within 30 s");
}
