import { newKeyFile, openBox, sealBox } from "../../src/tokens/age_box.ts";
import { privateFiles } from "../../src/system/private_files.ts";
import { formatLogin, type Login, parseLogin } from "../../src/tokens/login.ts";
import { keepOutline } from "../../src/tokens/login_outline.ts";
import { Secret } from "../../src/system/secret.ts";
import { signIn } from "../sandbox/sign_in.ts";
import type { Program } from "./measure.ts";

const HOUR_MILLISECONDS = 3_600_000;

/** Lays down what a finished login leaves in `home`: the stand's key and a fresh token. */
export async function prepareLogin(
  home: string,
  address: string,
  accessToken = "bench-access-token",
): Promise<void> {
  const now = new Date();
  const keyFile = await newKeyFile(now);
  const identity = keyFile.trim().split("\n").at(-1) ?? "";
  const login: Login = {
    address,
    flow: "browser",
    accessToken: new Secret(accessToken),
    refreshToken: new Secret("bench-refresh-token"),
    tokenType: "bearer",
    expiresAt: new Date(now.getTime() + HOUR_MILLISECONDS),
    scope: "offline_access authelia.bearer.authz",
    obtainedAt: now,
  };
  const key = { identities: [new Secret(identity)] };
  const box = await sealBox(formatLogin(login), key);
  await Deno.mkdir(`${home}/logins`, { mode: 0o700 });
  await Deno.writeTextFile(`${home}/key.txt`, keyFile, { mode: 0o600 });
  const path = loginPath(home, address);
  await Deno.writeFile(path, box, { mode: 0o600 });
  const outline = path.replace(/age$/, "outline");
  await keepOutline(privateFiles, outline, { login, box, key });
}

/** Logs the stand in with `sc-login --no-browser`, as a person would. */
export async function logIn(
  { path, args = [], env = {} }: Program,
  caFile: string,
): Promise<void> {
  const child = new Deno.Command(path, {
    args: [...args],
    clearEnv: true,
    env,
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).spawn();
  let shown = "";
  for await (const text of child.stderr.pipeThrough(new TextDecoderStream())) {
    const isNew = !shown.includes("request_uri=");
    shown += text;
    const [url] = /https:\S+request_uri=\S+(?=\n)/.exec(shown) ?? [];
    if (isNew && url) await signIn(url, { caFile, decision: "accept" });
  }
  const { code } = await child.status;
  if (code !== 0) throw new Error(`The login failed: ${shown}`);
}

/** Makes the stored login half an hour older than it is: the next use renews it. */
export async function ageLogin(home: string, address: string): Promise<void> {
  const keyFile = await Deno.readTextFile(`${home}/key.txt`);
  const identity = keyFile.trim().split("\n").at(-1) ?? "";
  const key = { identities: [new Secret(identity)] };
  const path = loginPath(home, address);
  const login = parseLogin(await openBox(await Deno.readFile(path), key));
  if (login === undefined) throw new Error("There is no login");
  const obtainedAt = new Date(
    login.obtainedAt.getTime() - HOUR_MILLISECONDS / 2,
  );
  const box = await sealBox(formatLogin({ ...login, obtainedAt }), key);
  await Deno.writeFile(path, box);
}

function loginPath(home: string, address: string): string {
  return `${home}/logins/${address.replace(":", "_")}.age`;
}
