import { deepStrictEqual as equal } from "node:assert/strict";
import { changeLogin, secondsLeft } from "../support/login_file.ts";
import { type BinaryRun, startBinary } from "../support/run_binary.ts";
import { setLoggedInStage, type Stage } from "../support/stage.ts";
import { until } from "../support/until.ts";

/** Lifetimes in the proportion of Authelia's. */
const LIVES = { accessTokenSeconds: 4, refreshTokenSeconds: 6 };
const CHECK = ["sc-login", "--check"];

const setShortLives = (): Promise<Stage> =>
  setLoggedInStage({ ...LIVES, start: startBinary });

const seconds = (count: number) =>
  new Promise((resolve) => setTimeout(resolve, count * 1000));

Deno.test("the compiled program keeps a login that is used in time, though its tokens live for 4 and 6 s", async () => {
  await using stage = await setShortLives();
  const { counts } = stage.sandbox;
  const codes = [];
  for (let use = 0; use < 4; use++) {
    await seconds(2.5);
    codes.push((await stage.run(CHECK)).code);
  }
  equal(codes, [0, 0, 0, 0]);
  equal([counts.refreshGrants, counts.refusedTokenRequests], [4, 0]);
});

Deno.test("the compiled upload --watch keeps a login that nobody uses, though its tokens live for 4 and 6 s", async () => {
  await using stage = await setShortLives();
  const { counts } = stage.sandbox;
  const runs = stage.folder.join("runs");
  await Deno.mkdir(runs);
  const watch = await stage.start(["upload", "--watch", runs]) as BinaryRun;
  await until(() => counts.refreshGrants >= 4);
  watch.kill("SIGINT");

  equal((await watch.result).code, 130);
  equal(counts.refusedTokenRequests, 0);
  equal((await stage.run(CHECK)).code, 0);
});

Deno.test("20 compiled programs at once renew a token that still works with one request", async () => {
  await using stage = await setLoggedInStage({ start: startBinary });
  const { address, counts } = stage.sandbox;
  await changeLogin(stage.home, address, secondsLeft(1800));
  const results = await Promise.all(
    Array.from({ length: 20 }, () => stage.run(CHECK)),
  );
  equal(results.map(({ code }) => code), Array(20).fill(0));
  equal([counts.refreshGrants, counts.refusedTokenRequests], [1, 0]);
});
