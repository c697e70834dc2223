import { completionScript } from "../../src/cli/completion_scripts.ts";
import { SHELLS } from "../../src/cli/shells.ts";

/** The completion scripts under the names that the shells look for. */
export function completionFiles(): Map<string, string> {
  const names = {
    bash: "standcloud.bash",
    zsh: "_standcloud",
    fish: "standcloud.fish",
    powershell: "standcloud.ps1",
  };
  return new Map(
    SHELLS.map((shell) => [
      `completions/${names[shell]}`,
      completionScript(shell),
    ]),
  );
}
