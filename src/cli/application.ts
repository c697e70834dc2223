import { programOf } from "./build_application.ts";
import type { CliContext } from "./context.ts";
import type { Application } from "./stricli.ts";
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
  return programOf({
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
  });
}
