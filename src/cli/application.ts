import {
  type Application,
  buildApplication,
  buildCommand,
  buildRouteMap,
  englishText,
} from "./stricli.ts";
import type { LoginFlags } from "./commands/sc_login.ts";
import type { LogoutFlags } from "./commands/sc_logout.ts";
import type { StatusFlags } from "./commands/status.ts";
import type { UploadFlags } from "./commands/upload.ts";
import { commonFlags, parsePorts, text, toggle, whole } from "./flags.ts";
import type { CliContext } from "./context.ts";
import { perform } from "./perform.ts";
import { showCommand } from "./show_command.ts";
import { validateCommand } from "./validate_command.ts";
import { VERSION } from "./version.ts";

const address = {
  brief: "StandCloud address, for example demo.standcloud.io",
  placeholder: "ADDRESS",
  parse: String,
  optional: true,
} as const;

const addressArgument = { kind: "tuple", parameters: [address] } as const;

const DAY_SECONDS = 24 * 3600;

const scLogin = buildCommand<LoginFlags, [string?], CliContext>({
  loader: async () => {
    const { scLogin } = await import("./commands/sc_login.ts");
    return function (flags, given) {
      return perform(this, flags, (input) => scLogin(input, given));
    };
  },
  parameters: {
    positional: addressArgument,
    flags: {
      check: toggle("Only test the connection with the stored login"),
      noBrowser: toggle("Print the URL, open nothing"),
      port: {
        kind: "parsed",
        brief: "N[,N…]: loopback ports to try (default: any free one)",
        placeholder: "N[,N…]",
        optional: true,
        parse: parsePorts,
      },
      timeout: whole("Give up after this long (default: 300)", {
        placeholder: "SECONDS",
        minimum: 1,
        maximum: DAY_SECONDS,
      }),
      apiKeyFile: text("Store an API key from a file, - for stdin", "PATH|-"),
      force: toggle("Log in again although the stored login works"),
      ...commonFlags,
    },
  },
  docs: {
    brief: "Log this stand in to StandCloud",
    customUsage: ["[FLAGS] [ADDRESS]"],
    fullDescription: `Log this stand in to StandCloud.

Sign in on the page that opens in the browser, and press Accept. The login is
kept in an encrypted file and renewed by every use.`,
  },
});

const scLogout = buildCommand<LogoutFlags, [string?], CliContext>({
  loader: async () => {
    const { scLogout } = await import("./commands/sc_logout.ts");
    return function (flags, given) {
      return perform(this, flags, (input) => scLogout(input, given));
    };
  },
  parameters: {
    positional: addressArgument,
    flags: { all: toggle("Log out of every address"), ...commonFlags },
  },
  docs: {
    brief: "End the login at StandCloud and delete it here",
    customUsage: ["[FLAGS] [ADDRESS]"],
    fullDescription: `End the login at StandCloud and delete it here.

It is deleted here even when StandCloud cannot be reached.`,
  },
});

const status = buildCommand<StatusFlags, [], CliContext>({
  loader: async () => {
    const { status } = await import("./commands/status.ts");
    return function (flags) {
      return perform(this, flags, status);
    };
  },
  parameters: {
    flags: {
      online: toggle("Also test each connection"),
      ...commonFlags,
    },
  },
  docs: {
    brief: "Show the logins of this stand",
    customUsage: ["[FLAGS]"],
  },
});

const upload = buildCommand<UploadFlags, string[], CliContext>({
  loader: async () => {
    const { upload } = await import("./commands/upload.ts");
    return function (flags, ...paths) {
      return perform(this, flags, (input) => upload(input, paths));
    };
  },
  parameters: {
    positional: {
      kind: "array",
      minimum: 1,
      parameter: {
        brief: "Run documents, folders of them, or - for stdin",
        placeholder: "PATH",
        parse: String,
      },
    },
    flags: {
      dryRun: toggle("Say what would be sent"),
      concurrency: whole("Requests at once (default: 4)", {
        placeholder: "N",
        minimum: 1,
        maximum: 64,
      }),
      timeout: whole("Per request (default: 20)", {
        placeholder: "SECONDS",
        minimum: 1,
        maximum: DAY_SECONDS,
      }),
      ...commonFlags,
    },
  },
  docs: {
    brief: "Upload run documents that HardPy saved",
    customUsage: ["[FLAGS] PATH..."],
    fullDescription: `Upload run documents that HardPy saved.

Each one is checked first: StandCloud takes no run without a DUT part number
and a test stand name.`,
  },
});

/** All commands. A command's own code is loaded when it runs, not before. */
export function application(): Application<CliContext> {
  const routes = buildRouteMap({
    routes: {
      "sc-login": scLogin,
      "sc-logout": scLogout,
      show: showCommand,
      status,
      upload,
      validate: validateCommand,
    },
    aliases: { login: "sc-login", logout: "sc-logout" },
    docs: {
      brief: "Connect an electronics test stand to StandCloud",
    },
  });
  return buildApplication(routes, {
    name: "standcloud",
    versionInfo: { currentVersion: `standcloud ${VERSION}` },
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
