import { logInWithBrowser } from "../login/browser_login.ts";
import type { KeptLogin } from "../login/keep_login.ts";
import type { PendingAuthorization } from "../standcloud/authorization_code.ts";
import type { Surroundings } from "../system/surroundings.ts";
import type { Event } from "./events/event.ts";
import type { CommandInput } from "./command_input.ts";
import type { Session } from "../stand/stand.ts";
import { type LoginFlags, timeoutSeconds } from "./login_flags.ts";

/** Logs in through a browser that reaches this computer's loopback port. */
export async function browserSignIn(
  { system, output, flags }: CommandInput<LoginFlags>,
  { service, store }: Session,
  surroundings: Surroundings,
): Promise<KeptLogin> {
  const canPaste = system.terminal.stdinIsTerminal && !flags.noInput;
  return await logInWithBrowser(system, service, {
    store,
    ports: flags.port ?? [0],
    timeoutSeconds: timeoutSeconds(flags),
    openBrowser: !flags.noBrowser && surroundings.withoutBrowser === undefined,
    pasted: canPaste ? system.terminal.lines() : undefined,
    onPending: (pending, isRenewed) =>
      output.prompt(eventOf(pending), [
        ...pageLines(
          pending,
          isRenewed
            ? "The page above is too old now. Open this page instead:"
            : "Open this page in a browser on this computer, sign in and press Accept:",
        ),
        ...(isRenewed ? [] : otherComputer(pending, surroundings, canPaste)),
      ]),
    onTooOld: (newest) =>
      output.prompt(
        eventOf(newest),
        pageLines(
          newest,
          "That page was too old when Accept was pressed. Use the newest page:",
        ),
      ),
    onNoBrowser: () =>
      output.note(
        "No browser could be started here: open the page yourself, or use another device: --flow device",
      ),
    onWrongPaste: () =>
      output.note(
        "That is not the address that this sign-in ended on: still waiting.",
      ),
    onTrouble: (message) => output.detail(`No new page yet: ${message}`),
  });
}

function eventOf(pending: PendingAuthorization): Event {
  return {
    event: "authorization_url",
    url: pending.url.href,
    "redirect_uri": pending.redirectUri,
    "expires_in": pending.expiresIn,
  };
}

function pageLines({ url }: PendingAuthorization, request: string): string[] {
  return [request, "", `  ${url.href}`, ""];
}

/** For a browser that is not on this computer. */
function otherComputer(
  { redirectUri }: PendingAuthorization,
  { ssh }: Surroundings,
  canPaste: boolean,
): string[] {
  const { port } = new URL(redirectUri);
  const forward = `-L ${port}:127.0.0.1:${port}`;
  const other = ssh?.port === 22 ? "" : ` -p ${ssh?.port}`;
  return [
    ...(ssh === undefined ? [] : [
      "For the browser of your own computer, first run there:",
      "",
      `  ssh${other} ${forward} ${ssh.user}@${ssh.host}`,
      "",
    ]),
    ...(canPaste
      ? [
        "If the browser ends on a page that it cannot reach, paste that page's address here.",
        "",
      ]
      : []),
  ];
}
