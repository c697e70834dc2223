import { deepStrictEqual as equal, match } from "node:assert/strict";
import { commandsOf } from "../architecture/commands.ts";
import { readSources } from "../architecture/source_file.ts";
import { runEmpty } from "../cli/run_in.ts";
import { loginContent, writeLogin } from "../support/login_file.ts";
import { runProgram } from "../support/run_program.ts";
import { withWaitingLogin } from "../support/waiting_login.ts";

Deno.test("src starts no process but the browser's launcher, and shows no page itself (duty 1)", async () => {
  const sources = await readSources("src");
  equal(commandsOf(sources), ["src/system/browser.ts"]);
  equal(
    sources.filter(({ text }) => /webview/i.test(text)).map(({ path }) => path),
    [],
  );
});

Deno.test("sc-login and sc-logout prove themselves with their client_id alone (duty 7)", () =>
  withWaitingLogin(async ({ program, call, response }, { service, folder }) => {
    await call(response);
    await program.result;
    await writeLogin(
      folder.path,
      service.address,
      loginContent(service.address, { "expires_at": null }),
    );
    await runProgram(["sc-logout", service.address], { home: folder.path });

    const names = new Set(
      service.received.flatMap(({ form }) => [...form.keys()]),
    );
    equal(
      [...names].filter((name) => /secret|assertion|password/.test(name)),
      [],
    );
    const clients = service.received.filter(({ form }) => form.size > 0)
      .map(({ form }) => form.get("client_id"));
    equal(clients, Array(clients.length).fill("hardpy-report-uploader"));
    equal(clients.length, 4);
  }));

const FLAGS = [
  "--implicit",
  "--response-type",
  "--username",
  "--password",
  "--client-secret",
];

for (const flag of FLAGS) {
  Deno.test(`sc-login has no flag ${flag} (duty 22)`, async () => {
    const { exitCode, stderr } = await runEmpty(["sc-login", flag]);
    equal(exitCode, 2);
    match(stderr, new RegExp(`${flag}`));
  });
}

for (const flag of ["--passphrase", "--api-key", "--token"]) {
  Deno.test(`no command has a flag ${flag}, whose value every user could see (duty 42)`, async () => {
    for (const command of ["sc-login", "status", "upload", "key"]) {
      const { exitCode } = await runEmpty([command, flag, "CANARY"]);
      equal(exitCode, 2);
    }
  });
}

for (const flow of ["implicit", "password", "client-credentials"]) {
  Deno.test(`sc-login has no flow ${flow} (duty 22)`, async () => {
    const { exitCode } = await runEmpty(["sc-login", "--flow", flow]);
    equal(exitCode, 2);
  });
}

for (const flag of ["--insecure", "--no-verify", "--no-tls", "--skip-verify"]) {
  Deno.test(`no switch ${flag} turns certificate checks off (duty 28)`, async () => {
    for (const command of ["sc-login", "sc-logout", "status", "upload"]) {
      const { exitCode } = await runEmpty([command, flag]);
      equal(exitCode, 2);
    }
  });
}
