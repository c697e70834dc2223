import type { UploadFlags } from "../sending.ts";
import { commonFlags, text, toggle } from "../flags.ts";
import { perform } from "../perform.ts";
import { proposeFiles } from "../proposals.ts";
import { buildCommand } from "../stricli.ts";
import { afterFlag, sendFlags } from "./send_flags.ts";
import type { CliContext } from "../context.ts";

/** `standcloud upload PATH…`. */
export const uploadCommand = buildCommand<UploadFlags, string[], CliContext>({
  loader: async () => {
    const { upload } = await import("../commands/upload.ts");
    return function (flags, ...paths) {
      return perform(this, flags, (input) => upload(input, paths));
    };
  },
  parameters: {
    positional: {
      kind: "array",
      minimum: 1,
      parameter: {
        brief: "Run documents, folders of them, bundles, or - for stdin",
        placeholder: "PATH",
        parse: String,
        proposeCompletions: proposeFiles,
      },
    },
    flags: {
      dryRun: toggle("Say what would be sent"),
      force: toggle("Send even what the ledger says was sent"),
      fillUnknown: toggle('Put "unknown" where a mandatory field is missing'),
      after: afterFlag,
      watch: toggle("Keep running; upload what appears in the folders"),
      metrics: text("With --watch: keep Prometheus metrics in it", "FILE"),
      export: text(
        "Write a bundle, send nothing",
        "DIR|FILE.zip",
      ),
      ...sendFlags,
      ...commonFlags,
    },
  },
  docs: {
    brief: "Upload run documents that HardPy saved",
    customUsage: ["[FLAGS] PATH..."],
    fullDescription: `Upload run documents that HardPy saved.

Each one is checked first: StandCloud takes no run without a DUT part number
and a test stand name.

A stand without a network: --export writes a bundle; upload it on a connected
PC, which writes receipts beside it; "standcloud history import" takes them
over on the stand.`,
  },
});
