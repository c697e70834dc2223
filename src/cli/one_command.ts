import { commandNamed, programOf, type Route } from "./build_application.ts";
import type { CliContext } from "./context.ts";
import type { Application } from "./stricli.ts";

type Load = () => Promise<Route>;

const ROUTES: Readonly<Record<string, Load>> = {
  completions: async () =>
    (await import("./routes/completions.ts")).completionsCommand,
  doctor: async () => (await import("./routes/doctor.ts")).doctorCommand,
  history: async () => (await import("./routes/history.ts")).historyCommand,
  key: async () => (await import("./routes/key.ts")).keyCommand,
  runs: async () => (await import("./routes/runs.ts")).runsCommands,
  "sc-login": async () => (await import("./routes/sc_login.ts")).scLoginCommand,
  "sc-logout": async () =>
    (await import("./routes/sc_logout.ts")).scLogoutCommand,
  show: async () => (await import("./routes/show.ts")).showCommand,
  status: async () => (await import("./routes/status.ts")).statusCommand,
  upload: async () => (await import("./routes/upload.ts")).uploadCommand,
  validate: async () => (await import("./routes/validate.ts")).validateCommand,
};

/**
 * The program with the one command that is run, which loads sooner than all of
 * them; undefined for a word that is none.
 */
export async function withOneCommand(
  word: string,
): Promise<Application<CliContext> | undefined> {
  const name = commandNamed(word);
  if (!Object.hasOwn(ROUTES, name)) return undefined;
  const route = await ROUTES[name]?.();
  return route && programOf({ [name]: route });
}
