import type { Fault } from "./fault.ts";
import { filesBelow, leftovers } from "./files.ts";
import type { Broken } from "./promise.ts";
import { unlessDone } from "./promise.ts";
import { loginWorks } from "./runs.ts";
import type { Scenario } from "./scenario.ts";
import type { Stand } from "./stand.ts";
import { NETWORK } from "./trace.ts";

const LOGIN = ["sc-login", "--no-browser", "--timeout", "20"];
const CHECK = ["sc-login", "--check"];

async function logIn(stand: Stand): Promise<void> {
  const { code, stderr } = await stand.run([...LOGIN, "--force"]);
  if (code !== 0) throw new Error(`The login failed: ${stderr}`);
}

export const FIRST_LOGIN: Scenario = {
  name: "login",
  prepare: () => Promise.resolve(),
  args: () => LOGIN,
  async check(stand, faulty) {
    const broken: Broken[] = faulty.code === 0 ? await loginWorks(stand) : [];
    const again = await stand.run([...LOGIN, "--force"]);
    broken.push(...unlessDone(again, "login"), ...await loginWorks(stand));
    return [...broken, ...await leftovers(stand)];
  },
};

export const LOGIN_AGAIN: Scenario = {
  name: "login again",
  prepare: () => Promise.resolve(),
  begin: logIn,
  args: () => [...LOGIN, "--force"],
  // The old login works, or the new one.
  async check(stand) {
    return [...await loginWorks(stand), ...await leftovers(stand)];
  },
};

export const RENEWAL: Scenario = {
  name: "renewal",
  prepare: () => Promise.resolve(),
  async begin(stand) {
    await logIn(stand);
    stand.sandbox.expireAccessTokens();
    before.set(stand, await savedLogins(stand));
  },
  args: () => CHECK,
  async check(stand, _faulty, fault) {
    const isLost = await isAnswerLost(stand, fault);
    const works = await loginWorks(stand);
    const isTold = works.length === 1 && /has ended/.test(works[0]?.text ?? "");
    if (isLost && isTold) return [{ kind: "unsaved", text: "login ended" }];
    return [...works, ...await leftovers(stand)];
  },
};

/** The sealed logins of a stand before its command. */
const before = new WeakMap<Stand, readonly string[]>();

/** StandCloud has renewed the login, and the program was killed, or cut off, before it wrote that down. */
async function isAnswerLost(stand: Stand, fault: Fault): Promise<boolean> {
  if (fault.action !== "KILL" && fault.path !== NETWORK) return false;
  if (stand.sandbox.counts.refreshGrants === 0) return false;
  const known = before.get(stand) ?? [];
  return (await savedLogins(stand)).every((login) => known.includes(login));
}

async function savedLogins(stand: Stand): Promise<string[]> {
  const folder = stand.path("home", "logins");
  const files = await filesBelow(folder);
  const texts = await Promise.all(
    files.map((file) => Deno.readTextFile(`${folder}/${file}`)),
  );
  return texts.filter((text) => text.startsWith("age-encryption.org"));
}

export const ROTATION: Scenario = {
  name: "key --rotate",
  prepare: logIn,
  args: () => ["key", "--rotate"],
  async check(stand) {
    const broken = await loginWorks(stand);
    const again = await stand.run(["key", "--rotate"]);
    broken.push(...unlessDone(again, "login"), ...await loginWorks(stand));
    return [...broken, ...await leftovers(stand)];
  },
};
