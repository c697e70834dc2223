import type { UploadFlags } from "../sending.ts";
import { commonFlags, text, toggle } from "../flags.ts";
import { perform } from "../perform.ts";
import { proposeFiles } from "../proposals.ts";
import { buildCommand } from "../command.ts";
import { ignoreFlag } from "./ignore_flag.ts";
import { afterFlag, sendFlags } from "./send_flags.ts";

/** `standcloud upload PATH…`. */
export const uploadCommand = buildCommand<UploadFlags, string[]>({
  loader: async () => {
    const { upload } = await import("../commands/upload.ts");
    return function (flags, ...paths) {
      return perform(this, flags, (input) => upload(input, paths));
    };
  },
  parameters: {
    positional: {
      kind: "array",
      parameter: {
        brief: "Run files, folders, bundles, - for stdin, URLs of CouchDB",
        placeholder: "PATH",
        parse: String,
        proposeCompletions: proposeFiles,
      },
    },
    flags: {
      dryRun: toggle("Say what would be sent"),
      force: toggle("Send even what the ledger says was sent"),
      fillUnknown: toggle('Put "unknown" where a mandatory field is missing'),
      ignore: ignoreFlag,
      after: afterFlag,
      database: toggle("Also what is in the database of hardpy.toml"),
      watch: toggle("Keep running; upload what appears"),
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
    customUsage: ["[FLAGS] PATH...", "[FLAGS] --database [PATH...]"],
    examples: [["upload reports", "Upload all runs below a folder"], [
      "upload reports --dry-run",
      "Only say what would be sent",
    ], ["upload reports --watch", "Keep running; upload what appears"]],
    fullDescription: `Upload run documents that HardPy saved.

Each one is checked first: StandCloud takes no run without a DUT part number
and a test stand name.

HardPy's CouchDB: --database, or http://USER:PASSWORD@localhost:5984[/DATABASE].
It is only read; http:// is for this computer only.

A stand without a network: --export writes a bundle. Upload the bundle on a
connected PC, which writes receipts beside it. On the stand, "standcloud history
import" reads the receipts.`,
  },
});
