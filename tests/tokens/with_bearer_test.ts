import { deepStrictEqual as equal } from "node:assert/strict";
import { Secret } from "../../src/system/secret.ts";
import { withBearer } from "../../src/tokens/with_bearer.ts";

/** Asks with tokens `t1`, `t2`, …; what is asked, until the answer is no refusal. */
async function asked(
  refused: readonly string[],
  { renewedMeanwhile = false } = {},
): Promise<string[]> {
  let number = 1;
  const tokens: string[] = [];
  const bearer = (rejected?: Secret) => {
    if (rejected?.reveal() === `t${number}`) number++;
    return Promise.resolve(new Secret(`t${number}`));
  };
  await withBearer(bearer, (token) => {
    tokens.push(token.reveal());
    if (renewedMeanwhile && tokens.length === 1) number++;
    return Promise.resolve(token.reveal());
  }, (answer) => refused.includes(answer));
  return tokens;
}

Deno.test("withBearer() asks once with a token that is accepted", async () => {
  equal(await asked([]), ["t1"]);
});

Deno.test("withBearer() renews a token that is refused, once", async () => {
  equal(await asked(["t1"]), ["t1", "t2"]);
  equal(await asked(["t1", "t2", "t3"]), ["t1", "t2"]);
});

Deno.test("withBearer() still renews once when the token was renewed during the request", async () => {
  const renewedMeanwhile = true;
  equal(await asked(["t1"], { renewedMeanwhile }), ["t1", "t2"]);
  equal(await asked(["t1", "t2"], { renewedMeanwhile }), ["t1", "t2", "t3"]);
  const all = ["t1", "t2", "t3", "t4"];
  equal(await asked(all, { renewedMeanwhile }), ["t1", "t2", "t3"]);
});
