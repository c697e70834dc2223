import { deepStrictEqual as equal, match } from "node:assert/strict";
import { changeLogin, secondsLeft } from "../support/login_file.ts";
import { type BinaryRun, startBinary } from "../support/run_binary.ts";
import { runFile } from "../support/runs.ts";
import { setLoggedInStage } from "../support/stage.ts";
import { until } from "../support/until.ts";

for (const signal of ["SIGHUP", "SIGTERM"] as const) {
  Deno.test(`the compiled upload saves a renewal that is under way at ${signal}`, async () => {
    await using stage = await setLoggedInStage({ start: startBinary });
    const { address, faults, counts } = stage.sandbox;
    await changeLogin(stage.home, address, secondsLeft(-10));
    faults.push({
      match: (_, path) => path === "/auth/api/oidc/token",
      action: { kind: "commit_then_delay", milliseconds: 1500 },
    });
    const upload = ["upload", runFile("minimum.jsonloader")];
    const program = await stage.start(upload) as BinaryRun;
    await until(() => counts.refreshGrants === 1);
    program.kill(signal);
    const { code, stderr } = await program.result;

    equal(code, signal === "SIGHUP" ? 129 : 143);
    match(stderr, /waiting for the renewed login/);
    faults.pop();
    equal((await stage.run(["sc-login", "--check"])).code, 0);
    equal(counts.refreshGrants, 1);
  });
}
