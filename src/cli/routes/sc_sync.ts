import type { SyncFlags } from "../commands/sc_sync.ts";
import { commonFlags, toggle } from "../flags.ts";
import { perform } from "../perform.ts";
import { proposeFiles } from "../proposals.ts";
import { buildCommand } from "../command.ts";
import { afterFlag, sendFlags } from "./send_flags.ts";

/** `standcloud sc-sync [FOLDER]`. */
export const scSyncCommand = buildCommand<SyncFlags, [string?]>({
  loader: async () => {
    const { scSync } = await import("../commands/sc_sync.ts");
    return function (flags, folder) {
      return perform(this, flags, (input) => scSync(input, folder));
    };
  },
  parameters: {
    positional: {
      kind: "tuple",
      parameters: [{
        brief: "Folder of the test plans (default: this folder)",
        placeholder: "FOLDER",
        parse: String,
        proposeCompletions: proposeFiles,
        optional: true,
      }],
    },
    flags: {
      dryRun: toggle("Say what would be sent"),
      fillUnknown: toggle('Put "unknown" where a mandatory field is missing'),
      after: afterFlag,
      ...sendFlags,
      ...commonFlags,
    },
  },
  docs: {
    brief: "Upload what waits below a folder, as HardPy's sc-sync does",
    customUsage: ["[FLAGS] [FOLDER]"],
    examples: [["sc-sync", "Upload what waits below this folder"], [
      "sc-sync C:\\tests --dry-run",
      "Only say what would be sent",
    ]],
    fullDescription:
      `Upload what waits below a folder, as HardPy's sc-sync does.

Does the same as "standcloud upload FOLDER", with two differences. A folder
without runs is no error. The hardpy.toml of FOLDER is used before that of this
folder.`,
  },
});
