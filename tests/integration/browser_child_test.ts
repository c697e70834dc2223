import { deepStrictEqual as equal, ok } from "node:assert/strict";
import { fromRoot } from "../../scripts/compile/paths.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";

const isWindows = Deno.build.os === "windows";
const SECRETS = {
  STANDCLOUD_API_KEY: "CANARY-api-key",
  HARDPY_SC_API_KEY: "CANARY-hardpy-key",
  STANDCLOUD_PASSPHRASE: "CANARY-passphrase",
};

interface Seen {
  readonly code: number;
  /** What the browser was started with; undefined when it was not started. */
  readonly args: string[] | undefined;
  readonly environment: string;
}

/** Opens a page with a browser that writes down how it was started. */
async function open(page: string): Promise<Seen> {
  await using folder = await TemporaryFolder.make();
  const seen = folder.join("seen");
  const browser = await folder.write(
    "browser",
    `#!/bin/sh\nprintf '%s\\n' "$@" > ${seen}.args\nenv > ${seen}.env\ncat /proc/$$/environ >> ${seen}.env\n`,
  );
  await Deno.chmod(browser, 0o755);
  const { code } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "-A",
      "--no-lock",
      fromRoot("tests/support/open_page.ts"),
      page,
    ],
    env: { ...SECRETS, BROWSER: browser, HOME: folder.path },
  }).output();
  const read = (path: string) => Deno.readTextFile(path).catch(() => undefined);
  return {
    code,
    args: (await read(`${seen}.args`))?.trimEnd().split("\n"),
    environment: await read(`${seen}.env`) ?? "",
  };
}

Deno.test({
  name:
    "processSystem().openInBrowser() gives the browser one argument and no secret (duties 27, 42)",
  ignore: isWindows,
  fn: async () => {
    const page =
      "https://demo.standcloud.io/auth?client_id=a&request_uri=urn%3Ab$(touch%20x)`y`;z'\"";
    const { code, args, environment } = await open(page);

    equal([code, args], [0, [new URL(page).href]]);
    ok(environment.includes("BROWSER="));
    ok(!environment.includes("CANARY"), environment);
  },
});

for (
  const page of [
    "file:///etc/passwd",
    "javascript:alert(1)",
    "data:text/html,x",
    "mailto:a@b",
  ]
) {
  Deno.test({
    name: `processSystem().openInBrowser() starts no browser for ${page}`,
    ignore: isWindows,
    fn: async () => {
      const { code, args } = await open(page);

      equal([code, args], [1, undefined]);
    },
  });
}
