import { privateFiles } from "../../../src/system/private_files.ts";
import { say } from "./say.ts";

/** Writes the file over and over: all a's, then all b's. */
const [path = "", size = ""] = Deno.args;
const contents = ["a", "b"].map((letter) =>
  new TextEncoder().encode(letter.repeat(Number(size)))
);
for (let round = 0;; round++) {
  for (const content of contents) await privateFiles.write(path, content);
  if (round === 0) say("writing");
}
