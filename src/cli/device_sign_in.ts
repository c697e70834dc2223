import { logInWithDevice } from "../login/device_login.ts";
import type { DeviceAuthorization } from "../standcloud/device_authorization.ts";
import type { OAuthLogin } from "../tokens/login.ts";
import { qrLines } from "./qr_code.ts";
import type { CommandInput, Session } from "./session.ts";
import { type LoginFlags, timeoutSeconds } from "./login_flags.ts";

/** Logs in through a browser on another device, with a code to compare. */
export async function deviceSignIn(
  { system, output, flags }: CommandInput<LoginFlags>,
  { service, store }: Session,
): Promise<OAuthLogin> {
  return await logInWithDevice(system, service, {
    store,
    timeoutSeconds: timeoutSeconds(flags),
    onPending: (device) =>
      output.prompt({
        event: "device_code",
        "user_code": device.userCode,
        "verification_uri": device.verificationUri.href,
        "verification_uri_complete": device.verificationUriComplete?.href ??
          null,
        "expires_in": device.expiresIn,
        interval: device.interval,
      }, promptLines(device)),
    onTrouble: ({ message }) =>
      output.detail(`Not answered yet (${message}); asking again`),
  });
}

function promptLines(device: DeviceAuthorization): string[] {
  const { userCode, verificationUri, verificationUriComplete } = device;
  const qr = qrLines((verificationUriComplete ?? verificationUri).href);
  return [
    "Open this page in a browser on any device, sign in and press Accept:",
    "",
    `  ${verificationUri.href}`,
    "",
    "It asks for this code:",
    "",
    `  ${userCode}`,
    "",
    ...(qr === undefined ? [] : ["Or scan:", "", ...qr, ""]),
    "Compare the code: press Accept only if the page shows the same one.",
  ];
}
