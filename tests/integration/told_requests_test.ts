import { deepStrictEqual as equal, match, ok } from "node:assert/strict";
import type { Answer } from "../support/fake_service.ts";
import { setFakeStage } from "../support/fake_stage.ts";
import { runBinary } from "../support/run_binary.ts";
import { runFile } from "../support/runs.ts";

const RUN = runFile("sensor_board_passed.jsonloader");
const REQUEST = /^(?:GET|POST) .*\(attempt \d+\)$/;

/** The lines about requests, with their times taken out. */
function requestsOf(stderr: string): string[] {
  return stderr.split("\n").filter((line) => REQUEST.test(line))
    .map((line) => line.replace(/ \d+ ms /, " N ms "));
}

Deno.test("the compiled program tells each request with --verbose on stderr, with attempts and without secrets", async () => {
  await using stage = await setFakeStage({
    "access_token": "CANARY-access",
    "refresh_token": "CANARY-refresh",
    "expires_at": new Date(0).toISOString(),
  });
  const { address, answers } = stage.service;
  answers.token = () =>
    Response.json({
      "access_token": "CANARY-new-access",
      "refresh_token": "CANARY-new-refresh",
      "token_type": "bearer",
      "expires_in": 3600,
    });
  const posts = [503, 201];
  answers.test_report = () =>
    Response.json({ "test_run_id": "1" }, { status: posts.shift() ?? 500 });
  const args = ["upload", "--json", "--verbose", RUN];
  const place = {
    home: stage.home,
    env: { STANDCLOUD_ADDRESS: address },
  };

  const { code, stdout, stderr } = await runBinary(args, place);

  equal(code, 0, stderr);
  for (const line of stdout.trim().split("\n")) JSON.parse(line);
  const requests = requestsOf(stderr);
  equal(requests.filter((line) => line.includes("/test_report ")).length, 2);
  match(
    requests.at(-2) ?? "",
    /^POST \/\S+\/test_report 503 N ms \(attempt 1\)$/,
  );
  match(
    requests.at(-1) ?? "",
    /^POST \/\S+\/test_report 201 N ms \(attempt 2\)$/,
  );
  ok(requests.some((line) => /^POST \/\S*\/token 200 N ms /.test(line)));
  ok(!(stdout + stderr).includes("CANARY"), stderr);
});

Deno.test("the compiled program tells no request without --verbose", async () => {
  await using stage = await setFakeStage();
  const { address } = stage.service;

  const { code, stderr } = await runBinary(["upload", RUN], {
    home: stage.home,
    env: { STANDCLOUD_ADDRESS: address },
  });

  equal([code, requestsOf(stderr)], [0, []]);
});

Deno.test("the compiled program tells the look-up of a lost answer without its query", async () => {
  await using stage = await setFakeStage();
  const { address } = stage.service;
  const answers: Record<string, Answer> = stage.service.answers;
  answers["test_run"] = () => Response.json([]);
  const lost = Promise.withResolvers<Response>();
  answers["test_report"] = () => lost.promise;
  const place = { home: stage.home, env: { STANDCLOUD_ADDRESS: address } };
  await runBinary(
    ["upload", "--retry-for", "0", "--timeout", "1s", RUN],
    place,
  );
  lost.resolve(new Response(null, { status: 503 }));
  const args = ["upload", "--retry-for", "0s", "--verbose", RUN];

  const { code, stderr } = await runBinary(args, place);

  equal(code, 6);
  const requests = requestsOf(stderr);
  match(requests.join("\n"), /^GET \/\S+\/test_run 200 N ms \(attempt 1\)$/m);
  ok(!requests.join("").includes("?"), stderr);
});
