import { processSystem } from "../../src/system/system.ts";

/**
 * A process of its own that opens a page as the program does: the compiled one
 * may start installed browsers only, and none that a test has made.
 */
const [page = ""] = Deno.args;
Deno.exitCode = await processSystem().openInBrowser(new URL(page)) ? 0 : 1;
