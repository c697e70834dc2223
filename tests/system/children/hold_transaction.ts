import { openDatabase } from "../../../src/system/database.ts";
import { say } from "./say.ts";

const [path = ""] = Deno.args;
using database = await openDatabase(path);
database.transaction(() => {
  database.run("INSERT INTO t VALUES ('lost')");
  say("inserted");
  // It must not end: the test kills the process.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60_000);
});
