import { processTerminal } from "../../../src/system/terminal.ts";

/** Writes each of the texts that were given as often as was asked. */
const terminal = processTerminal(new AbortController().signal, {
  get: () => undefined,
});
const [texts = "[]", count = "1"] = Deno.args;
for (const text of JSON.parse(texts)) {
  for (let i = 0; i < Number(count); i++) terminal.writeStdout(text);
}
terminal.writeStderr("written\n");
