import { deepStrictEqual as equal, match, ok } from "node:assert/strict";
import { withoutDevice } from "../support/device_metadata.ts";
import { finishLogin } from "../support/login.ts";
import { authorizationUrl } from "../support/running_program.ts";
import { setStage } from "../support/stage.ts";
import { SERVER, SSH, SSH_OTHER_PORT } from "../support/surroundings.ts";

Deno.test("sc-login shows a page where the server has no device flow, and names the next flag", async () => {
  await using stage = await setStage({ metadata: withoutDevice });
  const program = await stage.start(["sc-login"], SERVER);
  const { result } = await finishLogin(program, stage.sandbox);

  equal(result.code, 0);
  match(
    result.stderr,
    /^note: .* offers no sign-in with a device code .*: open a page yourself, or use an API key: --flow api-key\nOpen this page/,
  );
});

Deno.test("sc-login --flow device ends with exit 2 where the server has none, and names the next flags", async () => {
  await using stage = await setStage({ metadata: withoutDevice });
  const { address } = stage.sandbox;

  equal(await stage.run(["sc-login", "--flow", "device"]), {
    code: 2,
    stdout: "",
    stderr: [
      `error: ${address} offers no sign-in with a device code (it has no endpoint for it)`,
      `hint: run: standcloud sc-login ${address} --flow browser`,
      `hint: or with an API key: standcloud sc-login ${address} --flow api-key`,
      "",
    ].join("\n"),
  });
});

for (
  const [surroundings, other] of [[SSH, ""], [
    SSH_OTHER_PORT,
    " -p 2222",
  ]] as const
) {
  Deno.test(`sc-login --flow browser prints the line for ssh${other}, and opens nothing`, async () => {
    await using stage = await setStage();
    const opened: string[] = [];
    const program = await stage.start(["sc-login", "--flow", "browser"], {
      ...surroundings,
      browser: (url) => void opened.push(url.href),
    });
    const pushed = await authorizationUrl(program);
    const line = await program.output.find(/\n {2}(ssh .*)\n/);
    const { result } = await finishLogin(program, stage.sandbox);

    const port = /ssh.* -L (\d+):127\.0\.0\.1:\1 operator@10\.0\.0\.5$/
      .exec(line)?.[1];
    equal(line, `ssh${other} -L ${port}:127.0.0.1:${port} operator@10.0.0.5`);
    ok(pushed);
    equal([result.code, opened], [0, []]);
  });
}

Deno.test("sc-login prints the port of --port in the line for ssh", async () => {
  await using stage = await setStage();
  await using free = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    () => new Response(),
  );
  const { port } = free.addr;
  await free.shutdown();
  const program = await stage.start(
    ["sc-login", "--port", `${port}`],
    SSH,
  );
  const line = await program.output.find(/\n {2}(ssh .*)\n/);

  equal(line, `ssh -L ${port}:127.0.0.1:${port} operator@10.0.0.5`);
  equal((await finishLogin(program, stage.sandbox)).result.code, 0);
});

Deno.test("sc-login --flow browser opens the browser where there is one", async () => {
  await using stage = await setStage();
  const opened: string[] = [];
  const program = await stage.start(["sc-login", "--flow", "browser"], {
    browser: (url) => void opened.push(url.href),
  });
  const url = await authorizationUrl(program);

  equal((await finishLogin(program, stage.sandbox)).result.code, 0);
  equal(opened, [url]);
});
