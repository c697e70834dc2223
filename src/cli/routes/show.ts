import type { ShowFlags } from "../commands/show.ts";
import { commonFlags, text, toggle } from "../flags.ts";
import { perform } from "../perform.ts";
import { proposeFiles } from "../proposals.ts";
import { buildCommand } from "../command.ts";

/** `standcloud show PATH|DIGEST`. */
export const showCommand = buildCommand<ShowFlags, [string]>({
  loader: async () => {
    const { show } = await import("../commands/show.ts");
    return function (flags, path) {
      return perform(this, flags, (input) => show(input, path));
    };
  },
  parameters: {
    positional: {
      kind: "tuple",
      parameters: [{
        brief: "A run file, a folder, -, a digest, or a URL of CouchDB",
        placeholder: "PATH|DIGEST",
        parse: String,
        proposeCompletions: proposeFiles,
      }],
    },
    flags: {
      html: text("Write it as one page, - for stdout", "FILE"),
      all: toggle("Show everything: fold no long lists"),
      ...commonFlags,
    },
  },
  docs: {
    brief: "Show a run as a person reads it",
    customUsage: ["[FLAGS] PATH|DIGEST"],
    examples: [["show run.json", "Show a run on the terminal"], [
      "show run.json --html run.html",
      "Write a page for a browser",
    ]],
    fullDescription: `Show a run as a person reads it.

First why it did not pass, then the stand and the DUT, then every module and
case with its measurements. The page of --html also draws limits and charts; it
needs neither script nor network. A DIGEST, or its first 8 characters or more,
is that of a run that the ledger knows.`,
  },
});
