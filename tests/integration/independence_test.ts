import { deepStrictEqual as equal, ok } from "node:assert/strict";
import { compiledBinary } from "../../scripts/compile/compiled_binary.ts";
import { finishLogin } from "../support/login.ts";
import { loginPath } from "../support/login_file.ts";
import {
  type BinaryOptions,
  runBinary,
  startBinary,
} from "../support/run_binary.ts";
import { runFile } from "../support/runs.ts";
import { setStage, type Stage } from "../support/stage.ts";
import { listing } from "../support/temporary_folder.ts";

const isLinux = Deno.build.os === "linux";

/** Does the whole main job in some surroundings. */
async function doMainJob(
  stage: Stage,
  surroundings: Partial<BinaryOptions>,
): Promise<void> {
  const options = {
    ...surroundings,
    home: stage.home,
    env: {
      STANDCLOUD_ADDRESS: stage.sandbox.address,
      STANDCLOUD_CA_FILE: stage.sandbox.caFile,
      ...surroundings.env,
    },
  };
  const login = await startBinary(["sc-login", "--no-browser"], options);
  equal((await finishLogin(login, stage.sandbox)).result.code, 0);
  const run = runFile("sensor_board_passed.jsonloader");
  for (
    const args of [["sc-login", "--check"], ["upload", run], ["sc-logout"]]
  ) {
    equal((await runBinary(args, options)).code, 0);
  }
  equal(stage.sandbox.reports.length, 1);
}

const PATHS: Record<string, Record<string, string>> = {
  "without PATH": {},
  "with an empty PATH": { PATH: "" },
  "with a PATH that leads nowhere": { PATH: "/nowhere" },
};

for (const [name, env] of Object.entries(PATHS)) {
  Deno.test(`the compiled program does the main job ${name}`, async () => {
    await using stage = await setStage();
    await doMainJob(stage, { env });
  });
}

Deno.test("the compiled program does the main job in a folder that it cannot write to", async () => {
  await using stage = await setStage();
  const cwd = stage.folder.join("readonly");
  await Deno.mkdir(cwd, { mode: 0o555 });

  // Not even root can write to /proc.
  await doMainJob(stage, { cwd: isLinux ? "/proc" : cwd });
  equal(await listing(cwd), []);
});

Deno.test("the compiled program writes nothing outside of its folder", async () => {
  await using stage = await setStage();
  const { folder } = stage;
  for (const name of ["cwd", "user", "tmp"]) {
    await Deno.mkdir(folder.join(name));
  }

  await doMainJob(stage, {
    cwd: folder.join("cwd"),
    env: {
      HOME: folder.join("user"),
      TMPDIR: folder.join("tmp"),
      XDG_CACHE_HOME: folder.join("user", "cache"),
      DENO_DIR: folder.join("user", "deno"),
    },
  });

  const outside = (await listing(folder.path))
    .map((line) => line.replace(/^\d+ /, ""))
    .filter((path) => path !== "home" && !path.startsWith("home/"));
  equal(outside, ["cwd", "tmp", "user"]);
});

for (const umask of ["000", "022", "077", "777"]) {
  Deno.test({
    name: `the compiled program keeps its files private under umask ${umask}`,
    ignore: !isLinux,
    fn: async () => {
      await using stage = await setStage();
      const { sandbox, folder } = stage;
      const home = folder.join("not", "yet", "there");
      const program = await startBinary([
        "sc-login",
        sandbox.address,
        "--no-browser",
      ], {
        home,
        env: { STANDCLOUD_CA_FILE: sandbox.caFile },
        shell: `umask ${umask}; exec "$@"`,
      });
      equal((await finishLogin(program, sandbox)).result.code, 0);

      for (const line of await listing(folder.join("not"))) {
        const [mode, path = ""] = line.split(" ");
        const isFile = /\.(?:age|txt|lock|outline)$/.test(path);
        equal([path, mode], [path, isFile ? "600" : "700"]);
      }
      const check = await runBinary(["sc-login", "--check"], {
        home,
        env: { STANDCLOUD_CA_FILE: sandbox.caFile },
        shell: `umask ${umask}; exec "$@"`,
      });
      equal(check.code, 0);
      ok(await Deno.lstat(loginPath(home, sandbox.address)));
    },
  });
}

Deno.test({
  name: "the compiled program needs no library but glibc's",
  ignore: !isLinux,
  fn: async () => {
    const output = await new Deno.Command("ldd", {
      args: [await compiledBinary()],
    }).output();
    const names = new TextDecoder().decode(output.stdout).split("\n")
      .map((line) => line.trim().split(" ")[0]?.split("/").at(-1) ?? "")
      .filter((name) => name !== "");

    const glibc =
      /^(?:linux-vdso|linux-gate|libc|libm|libdl|libpthread|librt|libutil|libgcc_s|ld-linux[\w-]*)\.so\.\d+$/;
    equal(names.filter((name) => !glibc.test(name)), []);
    ok(names.length > 0);
  },
});
