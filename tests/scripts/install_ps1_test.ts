import assert from "node:assert/strict";
import { fromRoot } from "../../scripts/compile/paths.ts";

const read = (path: string) => Deno.readTextFile(fromRoot(path));

Deno.test("docs/rollout.md logs a Windows stand in as install.ps1 says at its end", async () => {
  const script = await read("scripts/provision/install.ps1");
  const last = script.trimEnd().split("\n").at(-1) ?? "";
  const line = /^Write-Output " *(.*)"$/.exec(last)?.[1] ?? "";
  const folder = "C:\\Program Files\\standcloud";
  const typed = line.replace("`$", "$$")
    .replace("$standHome", "C:\\ProgramData\\standcloud")
    .replace("$target", `${folder}\\standcloud.exe`)
    .replace("$Address", "demo.standcloud.io");
  const rollout = (await read("docs/rollout.md")).split("\n");
  assert.ok(rollout.includes(typed), typed);
});

Deno.test("install.ps1 takes back every variable that it sets", async () => {
  const script = await read("scripts/provision/install.ps1");
  const loops = script.match(/foreach \(\$name in \$variables\.Keys\)/g);
  assert.equal(loops?.length, 2);
  assert.match(script, /^ {2}Set-UserPath \$false$/m);
  assert.match(script, /^Set-UserPath \$true$/m);
});

Deno.test("install.ps1 registers each task for an account that need not be signed in, and stores no password", async () => {
  const script = await read("scripts/provision/install.ps1");
  const tasks = script.match(/Register-ScheduledTask (?:`\n|.)*/g) ?? [];
  assert.equal(tasks.length, 2);
  for (const task of tasks) assert.match(task, / -Principal \$principal /);
  assert.match(
    script,
    /^\$principal = New-ScheduledTaskPrincipal .* -LogonType S4U$/m,
  );
  assert.match(script, /New-ScheduledTaskTrigger -AtStartup/);
  assert.doesNotMatch(script, /-AtLogOn|-Password|-User /);
});

Deno.test("install.ps1 refuses a folder of another computer, which its task could not reach", async () => {
  const script = await read("scripts/provision/install.ps1");
  assert.match(script, /if \(\$Watch -like '\\\\\*' -or/);
  assert.match(script, /\.DriveType -eq 'Network'/);
});
