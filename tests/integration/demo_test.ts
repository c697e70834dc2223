import { deepStrictEqual as equal, match } from "node:assert/strict";
import { fromRoot } from "../../scripts/compile/paths.ts";

Deno.test("deno task demo shows the main job and ends with exit 0", async () => {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", fromRoot("scripts/demo.ts")],
  }).output();
  const shown = new TextDecoder().decode(stdout);

  equal([code, new TextDecoder().decode(stderr)], [0, ""]);
  const steps = [
    /\$ standcloud sc-login 127\.0\.0\.1:\d+ .*\n/,
    /\nRegistration completed\n/,
    /\$ standcloud sc-login --check\nStandCloud connection success\n/,
    /\$ standcloud upload .+\n(?:uploaded .+\n(?: .+\n)*){3}3 uploaded in /,
    /\(the sandbox answered 201, 201, 201\)\n/,
    /passed {2}CSB-204 {2}CSB-000117 {2}Climate sensor board\n/,
    /\$ standcloud upload no_part_number.+\ninvalid .+\n(?: .+\n)* .+hardpy\.set_dut_part_number.+\n(?: .+\n)*1 invalid in .+\n1 run is held .+\n\(exit code 5\)\n/,
    /\$ standcloud sc-logout\nHardPy logout success from /,
    /\$ standcloud upload .+\n.*error: Not logged in to .+\n.+\n\(exit code 3\)\n/,
  ];
  for (const step of steps) match(shown, step);
});
