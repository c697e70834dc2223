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
export type Route = Command<CliContext> | RouteMap<CliContext>;

const ALIASES = { login: "sc-login", logout: "sc-logout" };

/** The name of the command for which a word stands. */
export function commandNamed(word: string): string {
  return Object.hasOwn(ALIASES, word)
    ? ALIASES[word as keyof typeof ALIASES]
    : word;
}

/** The program with these commands. */
export function programOf(
  routes: Readonly<Record<string, Route>>,
): Application<CliContext> {
  const aliases = Object.entries(ALIASES)
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
