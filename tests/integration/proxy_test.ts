import assert from "node:assert/strict";
import { startProxy } from "../support/proxy.ts";
import { startBinary } from "../support/run_binary.ts";
import { setStage } from "../support/stage.ts";

Deno.test("HTTPS_PROXY carries every request of the compiled program", async () => {
  await using stage = await setStage({
    start: startBinary,
    apiKeys: ["key-for-the-proxy"],
  });
  await using proxy = startProxy();
  const env = {
    HTTPS_PROXY: proxy.url,
    STANDCLOUD_API_KEY: "key-for-the-proxy",
  };
  const { code, stdout } = await stage.run(["sc-login", "--check"], { env });
  assert.equal(stdout, "StandCloud connection success\n");
  assert.equal(code, 0);
  assert.deepEqual(proxy.targets, [stage.sandbox.address]);
});

Deno.test("NO_PROXY keeps the compiled program away from the proxy", async () => {
  await using stage = await setStage({
    start: startBinary,
    apiKeys: ["key-for-the-proxy"],
  });
  const env = {
    HTTPS_PROXY: "http://127.0.0.1:9",
    NO_PROXY: "127.0.0.1",
    STANDCLOUD_API_KEY: "key-for-the-proxy",
  };
  const { code } = await stage.run(["sc-login", "--check"], { env });
  assert.equal(code, 0);
});

Deno.test("a proxy that is away is exit code 4 with a hint", async () => {
  await using stage = await setStage({ start: startBinary });
  const env = {
    HTTPS_PROXY: "http://127.0.0.1:9",
    STANDCLOUD_API_KEY: "key-for-the-proxy",
  };
  const { code, stderr } = await stage.run(["sc-login", "--check"], { env });
  assert.equal(code, 4);
  assert.match(
    stderr,
    /the proxy is not there\nhint: check the network, and the proxy in HTTPS_PROXY/,
  );
});

Deno.test("what is no URL of a proxy is refused, and not gone past", async () => {
  await using stage = await setStage({
    start: startBinary,
    apiKeys: ["key-for-the-proxy"],
  });
  const value = "http://us er:geheim@127.0.0.1:9 9";
  for (const name of ["HTTPS_PROXY", "https_proxy", "ALL_PROXY"]) {
    const env = { [name]: value, STANDCLOUD_API_KEY: "key-for-the-proxy" };
    const { code, stderr } = await stage.run(["sc-login", "--check"], { env });
    assert.equal(code, 2);
    assert.equal(
      stderr,
      `error: ${name} is not the URL of a proxy\nhint: write ${name} as http://USER:PASSWORD@HOST:PORT, without path, quotes and blanks, or unset it\nhint: write other characters of a user or password as % and two hex digits\n`,
    );
    const doctor = await stage.run(["doctor"], { env });
    assert.equal(doctor.code, 4);
    assert.match(
      doctor.stdout,
      new RegExp(`^failed   proxy     ${name} is not the URL`, "m"),
    );
  }
  const unknown = {
    HTTPS_PROXY: "htp://127.0.0.1:9",
    STANDCLOUD_API_KEY: "key-for-the-proxy",
  };
  const refused = await stage.run(["sc-login", "--check"], { env: unknown });
  assert.equal(refused.code, 2, refused.stderr);
  const excepted = { NO_PROXY: "127.0.0.1", HTTPS_PROXY: value };
  const env = { ...excepted, STANDCLOUD_API_KEY: "key-for-the-proxy" };
  assert.equal((await stage.run(["sc-login", "--check"], { env })).code, 0);
});

Deno.test("HTTPS_PROXY may hold a user and a password, which are never shown", async () => {
  await using stage = await setStage({
    start: startBinary,
    apiKeys: ["key-for-the-proxy"],
  });
  const user = "us@er:geheim:9";
  await using proxy = startProxy({ user });
  const urlOf = (password: string) =>
    `http://us%40er:${password}@127.0.0.1:${proxy.port}`;
  const check = (password: string) =>
    stage.run(["sc-login", "--check", "--verbose"], {
      env: {
        HTTPS_PROXY: urlOf(password),
        STANDCLOUD_API_KEY: "key-for-the-proxy",
      },
    });
  const good = await check("geheim%3A9");
  assert.deepEqual([good.code, proxy.targets], [0, [stage.sandbox.address]]);

  const bad = await check("falsch-geheim");
  assert.equal(bad.code, 4);
  assert.match(bad.stderr, /the proxy wants another user or password/);
  assert.match(bad.stderr, /hint: check HTTPS_PROXY \(http:\/\/USER:PASSWORD@/);
  for (const { stdout, stderr } of [good, bad]) {
    assert.doesNotMatch(stdout + stderr, /geheim/);
  }
});

Deno.test("NO_PROXY with a port keeps the compiled program away from the proxy", async () => {
  await using stage = await setStage({
    start: startBinary,
    apiKeys: ["key-for-the-proxy"],
  });
  const { address } = stage.sandbox;
  const [, port = ""] = address.split(":");
  for (
    const [noProxy, code] of [
      [address, 0],
      [`127.0.0.0/8:${port}`, 0],
      ["127.0.0.1:1", 4],
    ] as const
  ) {
    const env = {
      HTTPS_PROXY: "http://127.0.0.1:9",
      NO_PROXY: noProxy,
      STANDCLOUD_API_KEY: "key-for-the-proxy",
    };
    const result = await stage.run(["sc-login", "--check"], { env });
    assert.deepEqual([noProxy, result.code], [noProxy, code]);
  }
});
