import { deepStrictEqual as equal, ok } from "node:assert/strict";
import { type FakeService, startFakeService } from "../support/fake_service.ts";
import { readKernelFile } from "../support/kernel_file.ts";
import { startBinary } from "../support/run_binary.ts";
import { type ProgramOptions, startProgram } from "../support/run_program.ts";
import {
  authorizationUrl,
  type RunningProgram,
} from "../support/running_program.ts";
import { runFile } from "../support/runs.ts";
import type { Start } from "../support/stage.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";

interface AviaryOptions {
  readonly start: Start;
  readonly env?: Record<string, string>;
}

/** A service whose every token is a canary, and a record of all that the program said. */
class Aviary implements AsyncDisposable {
  readonly service: FakeService = startFakeService();
  readonly secrets = new Set(["CANARY-passphrase", "CANARY-api-key"]);
  readonly said: string[] = [];
  readonly options: ProgramOptions;
  readonly #start: Start;
  readonly #folder: TemporaryFolder;
  #issued = 0;

  private constructor(
    folder: TemporaryFolder,
    { start, env = {} }: AviaryOptions,
  ) {
    this.#start = start;
    this.#folder = folder;
    this.options = {
      home: folder.path,
      env: { STANDCLOUD_ADDRESS: this.service.address, ...env },
    };
    this.service.answers.token = () => Response.json(this.#tokens());
  }

  static async build(options: AviaryOptions): Promise<Aviary> {
    return new Aviary(await TemporaryFolder.make(), options);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.service[Symbol.asyncDispose]();
    await this.#folder[Symbol.asyncDispose]();
  }

  /** Runs a command in each way to print. */
  async run(...args: string[]): Promise<number[]> {
    const codes: number[] = [];
    for (const flags of [["--verbose"], ["--json", "--verbose"]]) {
      const program = await this.#start([...args, ...flags], this.options);
      codes.push(await this.#listen(program));
    }
    return codes;
  }

  /** Logs in, and looks at the process while it waits. */
  async logIn(...flags: string[]): Promise<number> {
    const args = ["sc-login", "--force", "--no-browser", ...flags];
    const program = await this.#start(args, this.options);
    await authorizationUrl(program);
    this.said.push(await argumentsOf(program));
    const pushed = this.service.forms("pushed-authorization-request").at(-1);
    const state = pushed?.get("state") ?? "";
    const query = new URLSearchParams({
      code: "CANARY-code",
      state,
      iss: this.service.issuer,
    });
    const page = await fetch(`${pushed?.get("redirect_uri")}?${query}`);
    this.said.push(await page.text(), JSON.stringify([...page.headers]));
    const verifier = this.service.forms("token").at(-1)?.get("code_verifier") ??
      "";
    for (const secret of [state, verifier, "CANARY-code"]) {
      this.secrets.add(secret);
    }
    return await this.#listen(program);
  }

  check(): void {
    const text = this.said.join("\n");
    ok(this.secrets.size > 4);
    for (const secret of this.secrets) {
      ok(secret.length >= 11, "a secret that is empty");
      ok(!text.includes(secret), text);
    }
  }

  async #listen(program: RunningProgram): Promise<number> {
    const { code, stdout, stderr } = await program.result;
    this.said.push(stdout, stderr);
    return code;
  }

  #tokens(): Record<string, unknown> {
    this.#issued++;
    const tokens = {
      "access_token": `CANARY-access-${this.#issued}`,
      "refresh_token": `CANARY-refresh-${this.#issued}`,
    };
    for (const token of Object.values(tokens)) this.secrets.add(token);
    // So short that each command renews it.
    return { ...tokens, "token_type": "bearer", "expires_in": 0 };
  }
}

/** What everybody on this machine can see of a process. */
async function argumentsOf(program: RunningProgram): Promise<string> {
  return "pid" in program && Deno.build.os === "linux"
    ? await readKernelFile(`/proc/${program.pid}/cmdline`)
    : "";
}

const RUN = runFile("minimum.jsonloader");

Deno.test("the compiled program tells no secret of a login that goes well (duties 12, 25)", async () => {
  await using aviary = await Aviary.build({ start: startBinary });

  equal(await aviary.logIn("--verbose"), 0);
  equal(await aviary.logIn("--json"), 0);
  equal(await aviary.run("sc-login", "--check"), [0, 0]);
  equal(await aviary.run("upload", RUN), [0, 0]);
  equal(await aviary.run("status", "--online"), [0, 0]);
  equal(await aviary.run("sc-logout"), [0, 3]);
  aviary.check();
});

Deno.test("run() tells no secret when the token endpoint fails (duty 25)", async () => {
  await using aviary = await Aviary.build({ start: startProgram });
  const honest = aviary.service.answers.token;
  const answers = [
    async (form: URLSearchParams) =>
      Response.json({ ...await (await honest(form)).json(), "token_type": 5 }),
    async (form: URLSearchParams) =>
      new Response(await (await honest(form)).text() + "}", {
        headers: { "content-type": "application/json" },
      }),
    async (form: URLSearchParams) =>
      new Response(await (await honest(form)).text(), { status: 500 }),
    async (form: URLSearchParams) =>
      Response.json({
        ...await (await honest(form)).json(),
        error: "invalid_grant",
      }, { status: 400 }),
  ];

  equal(await aviary.logIn(), 0);
  for (const answer of answers) {
    aviary.service.answers.token = answer;
    ok([3, 4].includes(await aviary.logIn("--verbose")));
    for (const code of await aviary.run("sc-login", "--check")) {
      ok([3, 4].includes(code));
    }
    for (
      const code of await aviary.run("upload", RUN, "--retry-for", "0")
    ) {
      ok([3, 4, 6].includes(code));
    }
  }
  aviary.check();
});

Deno.test("run() tells no secret when the API refuses it (duty 25)", async () => {
  await using aviary = await Aviary.build({ start: startProgram });
  equal(await aviary.logIn(), 0);

  for (const status of [401, 403, 422, 500]) {
    aviary.service.answers.test_report = () =>
      Response.json({ detail: "no" }, { status });
    aviary.service.answers.healthcheck = () => new Response(null, { status });
    await aviary.run("sc-login", "--check");
    await aviary.run("upload", RUN);
  }
  aviary.check();
});

for (const variable of ["STANDCLOUD_API_KEY", "HARDPY_SC_API_KEY"]) {
  Deno.test(`the compiled program tells no secret of its environment, with ${variable} (duties 25, 42)`, async () => {
    await using aviary = await Aviary.build({
      start: startBinary,
      env: {
        STANDCLOUD_PASSPHRASE: "CANARY-passphrase",
        [variable]: "CANARY-api-key",
      },
    });

    equal(await aviary.logIn("--verbose"), 0);
    equal(await aviary.run("sc-login", "--check"), [0, 0]);
    equal(await aviary.run("status"), [0, 0]);
    aviary.service.answers.healthcheck = () =>
      new Response(null, { status: 401 });
    equal(await aviary.run("sc-login", "--check"), [3, 3]);
    aviary.check();
  });
}
