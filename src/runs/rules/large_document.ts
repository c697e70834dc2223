import type { Rule } from "./rule.ts";
import type { Part } from "./parts.ts";
import type { RunView } from "./run_view.ts";
import { MEBI, sizeOf } from "./size_of.ts";
import { quoted } from "../values.ts";

export const largeDocument: Rule = {
  word: "large-document",
  brief: "The run, or an artifact of it, is very large",
  severities: ["warning"],
  profile: "both",
  explanation:
    `StandCloud publishes no limit, but a service that takes JSON has one, and a large run takes long over
a factory's network. More than 8 MiB for a run or 1 MiB for one artifact is mostly raw data.`,
  fix: "store raw data beside the run, and its file name in the artifact",
  get failing() {
    return { at: "/artifact", json: `{"log": "${"x".repeat(MEBI)}"}` };
  },
  passing: { at: "/artifact", json: '{"log": "log_000117.txt"}' },
  *check(run) {
    const { slice } = run.run;
    const written = slice.end - slice.start;
    // Without its layout the document is smaller still.
    if (written <= Math.min(run.limits.artifact, run.limits.document)) return;
    const size = sizeOf(run.fields);
    if (size > run.limits.document) {
      yield {
        severity: "warning",
        path: "",
        message: `The run document has ${inMebi(size)}`,
      };
    }
    for (const { part, name } of artifactOwners(run)) {
      const size = sizeOf(part.fields["artifact"]);
      if (size <= run.limits.artifact) continue;
      yield {
        severity: "warning",
        path: part.path("artifact"),
        message: `The artifact of ${name} has ${inMebi(size)}`,
      };
    }
  },
};

function* artifactOwners(
  run: RunView,
): Generator<{ part: Part; name: string }> {
  yield { part: run, name: "the run" };
  for (const part of run.modules) {
    yield { part, name: `module ${quoted(part.name)}` };
  }
  for (const part of run.cases) {
    yield { part, name: `case ${quoted(part.name)}` };
  }
}

function inMebi(characters: number): string {
  return `${(characters / MEBI).toFixed(1)} MiB`;
}
