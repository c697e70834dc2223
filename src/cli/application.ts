import { version } from "../system/build.ts";
import type { CliContext } from "./context.ts";
import {
  type Application,
  buildApplication,
  buildRouteMap,
  type Command,
  englishText,
  type RouteMap,
} from "./stricli.ts";

/** A command, or several under one name. */
type Route = Command<CliContext> | RouteMap<CliContext>;

/** All commands, in the order of the help. */
const ROUTES: Readonly<Record<string, () => Promise<Route>>> = {
  completions: async () =>
    (await import("./routes/completions.ts")).completionsCommand,
  doctor: async () => (await import("./routes/doctor.ts")).doctorCommand,
  health: async () => (await import("./routes/health.ts")).healthCommand,
  history: async () => (await import("./routes/history.ts")).historyCommand,
  key: async () => (await import("./routes/key.ts")).keyCommand,
  runs: async () => (await import("./routes/runs.ts")).runsCommands,
  "sc-login": async () => (await import("./routes/sc_login.ts")).scLoginCommand,
  "sc-logout": async () =>
    (await import("./routes/sc_logout.ts")).scLogoutCommand,
  "sc-sync": async () => (await import("./routes/sc_sync.ts")).scSyncCommand,
  show: async () => (await import("./routes/show.ts")).showCommand,
  stats: async () => (await import("./routes/stats.ts")).statsCommand,
  status: async () => (await import("./routes/status.ts")).statusCommand,
  upload: async () => (await import("./routes/upload.ts")).uploadCommand,
  validate: async () => (await import("./routes/validate.ts")).validateCommand,
};

const ALIASES = new Map([["login", "sc-login"], ["logout", "sc-logout"]]);

/**
 * The program: with the command that `word` names alone, which loads sooner,
 * or with all of them where it names none. A command's own code is loaded when
 * it runs, not before.
 */
export async function application(
  word?: string,
): Promise<Application<CliContext>> {
  const name = ALIASES.get(word ?? "") ?? word ?? "";
  const wanted = Object.hasOwn(ROUTES, name) ? [name] : Object.keys(ROUTES);
  const loaded = wanted.map(async (name) =>
    [name, await ROUTES[name]?.()] as [string, Route]
  );
  return programOf(Object.fromEntries(await Promise.all(loaded)));
}

function programOf(
  routes: Readonly<Record<string, Route>>,
): Application<CliContext> {
  const aliases = [...ALIASES]
    .filter(([, command]) => Object.hasOwn(routes, command));
  const map = buildRouteMap({
    routes,
    aliases: Object.fromEntries(aliases),
    docs: {
      brief: "Connect an electronics test stand to StandCloud",
    },
  });
  return buildApplication(map, {
    name: "standcloud",
    versionInfo: { currentVersion: `standcloud ${version}` },
    scanner: {
      caseStyle: "allow-kebab-for-camel",
      allowArgumentEscapeSequence: true,
    },
    documentation: {
      caseStyle: "convert-camel-to-kebab",
      onlyRequiredInUsageLine: true,
      disableAnsiColor: true,
    },
    localization: { text: englishText },
  });
}
