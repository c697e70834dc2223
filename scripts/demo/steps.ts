import { say } from "../compile/say.ts";
import { signIn } from "../sandbox/sign_in.ts";
import type { Stand } from "./stand.ts";

export interface Step {
  readonly title: string;
  /** Throws when something is not as it should be. */
  show(stand: Stand): Promise<void>;
}

const UPLOADS = [
  "minimum.jsonloader.json",
  "sensor_board_passed.jsonloader.json",
  "sensor_board_failed.runstore.json",
];

/** The main job, in order. */
export const steps: readonly Step[] = [
  {
    title: "Log this stand in; a script signs in and presses Accept",
    show: logIn,
  },
  {
    title: "Check the connection",
    show: (stand) => stand.type(["sc-login", "--check"]),
  },
  { title: "Upload runs that HardPy saved", show: upload },
  { title: "Find them again in the sandbox", show: find },
  {
    title: "A run without a part number is refused before it is sent",
    show: refuse,
  },
  { title: "Log out", show: logOut },
  {
    title: "An upload now asks for a login",
    show: (stand) =>
      stand.type(["upload", "minimum.jsonloader.json"], { exitCode: 3 }),
  },
];

async function logIn(stand: Stand): Promise<void> {
  const { address, caFile, caPem } = stand.sandbox;
  let shown = "";
  let page: ReturnType<typeof signIn> | undefined;
  await stand.type(["sc-login", address, "--no-browser", "--ca-file", caFile], {
    watch: (text) => {
      shown += text;
      const url = /(https:\S+)\s/.exec(shown)?.[1];
      if (url !== undefined) {
        page ??= signIn(url, { caPem, decision: "accept" });
      }
    },
  });
  expect(shown.includes("Registration completed"), "nothing was registered");
  const title = /<h1>(.*)<\/h1>/.exec((await page)?.body ?? "")?.[1];
  say(`(the page in the browser says: ${title})`);
  expect(title === "Token issued", "the page in the browser does not say so");
  stand.export("STANDCLOUD_ADDRESS", address);
  stand.export("STANDCLOUD_CA_FILE", caFile);
}

async function upload(stand: Stand): Promise<void> {
  await stand.type(["upload", ...UPLOADS]);
  const answers = stand.sandbox.requests
    .filter(({ path }) => path.endsWith("/test_report"))
    .map(({ status }) => status);
  say(`(the sandbox answered ${answers.join(", ")})`);
  expect(
    answers.length === UPLOADS.length &&
      answers.every((status) => status === 201),
    "not each run was answered with 201",
  );
}

function find({ sandbox }: Stand): Promise<void> {
  for (const { id, body } of sandbox.reports) {
    const { "part_number": part, "serial_number": serial } =
      body["dut"] as Record<string, unknown>;
    say(`${id}  ${body["status"]}  ${part}  ${serial ?? "–"}  ${body["name"]}`);
  }
  const { length } = sandbox.reports;
  expect(
    length === UPLOADS.length,
    `${length} of ${UPLOADS.length} runs arrived`,
  );
  return Promise.resolve();
}

async function refuse(stand: Stand): Promise<void> {
  const { requests } = stand.sandbox;
  const before = requests.length;
  await stand.type(["upload", "no_part_number.jsonloader.json"], {
    exitCode: 5,
  });
  expect(requests.length === before, "something was sent");
}

async function logOut(stand: Stand): Promise<void> {
  await stand.type(["sc-logout"]);
  expect(stand.sandbox.counts.revocations > 0, "no token was revoked");
}

function expect(isSo: boolean, complaint: string): void {
  if (!isSo) throw new Error(complaint);
}
