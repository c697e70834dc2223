import { version } from "../system/build.ts";
import {
  type Application,
  buildApplication,
  buildRouteMap,
  englishText,
} from "./stricli.ts";
import type { CliContext } from "./context.ts";
import { completionsCommand } from "./routes/completions.ts";
import { doctorCommand } from "./routes/doctor.ts";
import { historyCommand } from "./routes/history.ts";
import { keyCommand } from "./routes/key.ts";
import { runsCommands } from "./routes/runs.ts";
import { scLoginCommand } from "./routes/sc_login.ts";
import { scLogoutCommand } from "./routes/sc_logout.ts";
import { showCommand } from "./routes/show.ts";
import { statusCommand } from "./routes/status.ts";
import { uploadCommand } from "./routes/upload.ts";
import { validateCommand } from "./routes/validate.ts";

/** All commands. A command's own code is loaded when it runs, not before. */
export function application(): Application<CliContext> {
  const routes = buildRouteMap({
    routes: {
      completions: completionsCommand,
      doctor: doctorCommand,
      history: historyCommand,
      key: keyCommand,
      runs: runsCommands,
      "sc-login": scLoginCommand,
      "sc-logout": scLogoutCommand,
      show: showCommand,
      status: statusCommand,
      upload: uploadCommand,
      validate: validateCommand,
    },
    aliases: { login: "sc-login", logout: "sc-logout" },
    docs: {
      brief: "Connect an electronics test stand to StandCloud",
    },
  });
  return buildApplication(routes, {
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
