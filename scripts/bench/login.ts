import { newKeyFile, sealBox } from "../../src/tokens/age_box.ts";
import { formatLogin } from "../../src/tokens/login.ts";
import { Secret } from "../../src/system/secret.ts";

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
  const login = formatLogin({
    address,
    flow: "browser",
    accessToken: new Secret(accessToken),
    refreshToken: new Secret("bench-refresh-token"),
    tokenType: "bearer",
    expiresAt: new Date(now.getTime() + HOUR_MILLISECONDS),
    scope: "offline_access authelia.bearer.authz",
    obtainedAt: now,
  });
  const box = await sealBox(login, { identities: [new Secret(identity)] });
  await Deno.mkdir(`${home}/logins`, { mode: 0o700 });
  await Deno.writeTextFile(`${home}/key.txt`, keyFile, { mode: 0o600 });
  const name = address.replace(":", "_");
  await Deno.writeFile(`${home}/logins/${name}.age`, box, { mode: 0o600 });
}
