import { logInWithDevice } from "../login/device_login.ts";
import type { KeptLogin } from "../login/keep_login.ts";
import type { DeviceAuthorization } from "../standcloud/device_authorization.ts";
import { qrLines } from "./qr_code.ts";
import type { CommandInput } from "./command_input.ts";
import type { Session } from "../stand/stand.ts";
import { type LoginFlags, timeoutSeconds } from "./login_flags.ts";

/** Logs in through a browser on another device. */
export async function deviceSignIn(
  input: CommandInput<LoginFlags>,
  { service, store }: Session,
): Promise<KeptLogin> {
  const { system, output, flags } = input;
  const over = new AbortController();
  try {
    return await logInWithDevice(system, service, {
      store,
      timeoutSeconds: timeoutSeconds(flags),
      onPending: (device, secondsLeft) => {
        output.prompt({
          event: "device_code",
          "user_code": device.userCode,
          "verification_uri": device.verificationUri.href,
          "verification_uri_complete": device.verificationUriComplete?.href ??
            null,
          "expires_in": device.expiresIn,
          interval: device.interval,
        }, promptLines(input, { device, secondsLeft }));
        void countDown(input, { device, secondsLeft, over: over.signal });
      },
      onTrouble: ({ message }) =>
        output.detail(`Not answered yet (${message}); asking again`),
    });
  } finally {
    over.abort();
    output.status.show("");
  }
}

/** Where a terminal does not say how wide it is. */
const COLUMNS = 80;

/** A code that a person can scan; in a file or a pipe it would be noise. */
function scannable(
  { system: { terminal }, flags }: CommandInput<LoginFlags>,
  { verificationUri, verificationUriComplete }: DeviceAuthorization,
): string[] {
  if (!terminal.stderrIsTerminal || flags.quiet) return [];
  const page = verificationUriComplete ?? verificationUri;
  const qr = qrLines(page.href, terminal.columns || COLUMNS);
  return qr === undefined ? [] : ["Or scan:", "", ...qr, ""];
}

/**
 * With the complete page, Authelia never shows the code: the person cannot
 * compare it. The code stands last, where a tall QR code leaves it in sight.
 */
function promptLines(
  input: CommandInput<LoginFlags>,
  { device, secondsLeft }: {
    device: DeviceAuthorization;
    secondsLeft: number;
  },
): string[] {
  const { userCode, verificationUri } = device;
  return [
    "Open this page in a browser on any device, sign in and press Accept:",
    "",
    `  ${verificationUri.href}`,
    "",
    ...scannable(input, device),
    `The page may ask for this code (good for ${
      timeText(Math.floor(secondsLeft))
    }):`,
    "",
    `  ${userCode}`,
    "",
    "Press Accept only if you started this sign-in yourself.",
  ];
}

const TICK_MILLISECONDS = 1000;

/** Keeps the code and the time that is left in sight, on a terminal. */
async function countDown(
  { system: { clock, terminal }, output }: CommandInput<LoginFlags>,
  { device, secondsLeft, over }: {
    device: DeviceAuthorization;
    secondsLeft: number;
    over: AbortSignal;
  },
): Promise<void> {
  if (!terminal.stderrIsTerminal) return;
  const end = clock.monotonic() + secondsLeft * 1000;
  while (!over.aborted) {
    const left = Math.max(Math.ceil((end - clock.monotonic()) / 1000), 0);
    output.status.show(`Code ${device.userCode}: ${timeText(left)} left`);
    await clock.sleep(TICK_MILLISECONDS, over);
  }
}

/** `10 min`, `9 min 5 s`, `40 s`. */
function timeText(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  const rest = seconds % 60;
  const parts = [
    ...(minutes > 0 ? [`${minutes} min`] : []),
    ...(rest > 0 || minutes === 0 ? [`${rest} s`] : []),
  ];
  return parts.join(" ");
}
