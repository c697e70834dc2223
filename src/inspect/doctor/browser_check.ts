import { findBrowser } from "../../system/find_browser.ts";
import { serveOnLoopback } from "../../system/loopback_server.ts";
import type { System } from "../../system/system.ts";
import { type CheckItem, failed, ok, warning } from "./check_item.ts";

/** What a browser login needs on this computer. */
export async function* checkBrowser(
  system: System,
): AsyncGenerator<CheckItem> {
  try {
    const server = serveOnLoopback(() => new Response(null));
    await using _server = server;
    yield ok("browser", `127.0.0.1:${server.port} can wait for its answer`);
  } catch (error) {
    yield failed("browser", error);
  }
  const { withoutBrowser } = await system.surroundings();
  const launcher = await findBrowser(system.environment);
  yield withoutBrowser === undefined && launcher !== undefined
    ? ok("browser", `${launcher} starts it`)
    : warning(
      "browser",
      `none can be started here: ${withoutBrowser ?? "no launcher is there"}`,
      "sc-login --flow device shows a code to sign in with on another device",
    );
}
