import { fromRoot } from "../../scripts/compile/paths.ts";
import { Recorder } from "./recorder.ts";
import { runFile } from "./runs.ts";
import { TemporaryFolder } from "./temporary_folder.ts";
import { until } from "./until.ts";

type Json = Record<string, unknown>;

/** The password that no output may show. */
export const COUCH_PASSWORD = "canary-couch-b7Qz";

/** A CouchDB (pouchdb-server), and a recorder before it that a program asks. */
export interface Couch extends AsyncDisposable {
  /** With user and password. */
  readonly url: string;
  /** Without. */
  readonly origin: string;
  readonly port: number;
  /** Of the server itself, for what writes into it. */
  readonly serverPort: number;
  /** What the program asked: `GET /runstore/_all_docs`. */
  readonly requests: string[];
  /** Makes a database, or writes a document, as HardPy would. */
  put(path: string, value?: Json): Promise<void>;
  get(path: string): Promise<Json>;
  remove(path: string): Promise<void>;
  compact(database: string): Promise<void>;
  /** The server is away, and there again. */
  setReachable(isReachable: boolean): Promise<void>;
}

/** In HardPy's databases. */
export async function startCouch(
  databases: readonly string[] = ["report", "runstore", "statestore"],
): Promise<Couch> {
  await using resources = new AsyncDisposableStack();
  const folder = resources.use(await TemporaryFolder.make());
  const direct = await startPouchdb(folder, resources);
  const recorder = new Recorder(direct.serverPort);
  resources.defer(() => recorder.stop());
  const port = recorder.start(0);
  for (const name of databases) await direct.put(`/${name}`);
  const owned = resources.move();
  return {
    ...direct,
    url: `http://hardpy:${COUCH_PASSWORD}@127.0.0.1:${port}`,
    origin: `http://127.0.0.1:${port}`,
    port,
    requests: recorder.requests,
    async setReachable(isReachable) {
      if (isReachable) recorder.start(port);
      else await recorder.stop();
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

type Direct = Pick<
  Couch,
  "origin" | "serverPort" | "put" | "get" | "remove" | "compact"
>;

/** Another program may take the port before the server does: then another one is tried. */
async function startPouchdb(
  folder: TemporaryFolder,
  resources: AsyncDisposableStack,
): Promise<Direct> {
  await folder.write(
    "config.json",
    JSON.stringify({
      admins: { hardpy: COUCH_PASSWORD },
      "couch_httpd_auth": { "require_valid_user": true },
      log: { level: "none" },
    }),
  );
  for (let tries = 1; tries <= 5; tries++) {
    const port = freePort();
    const child = spawnPouchdb(folder, port);
    const origin = `http://127.0.0.1:${port}`;
    let isOver = false;
    child.status.then(() => isOver = true);
    const isPouchdb = () =>
      ask(origin, "GET").then((it) => "express-pouchdb" in it, () => false);
    await until(async () => isOver || await isPouchdb());
    if (isOver) continue;
    resources.defer(async () => {
      child.kill("SIGKILL");
      await child.status;
    });
    return directOf(origin, port);
  }
  throw new Error("pouchdb-server does not start");
}

function spawnPouchdb(
  folder: TemporaryFolder,
  port: number,
): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "-A", "--quiet", "--config", fromRoot("deno.json")],
      fromRoot("tests/support/pouchdb.ts"),
      ...["--in-memory", "--no-stdout-logs"],
      ...["--config", "config.json", "--port", String(port)],
    ],
    cwd: folder.path,
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
}

async function ask(
  url: string,
  method: string,
  value?: Json,
): Promise<Json> {
  const response = await fetch(url, {
    method,
    headers: {
      authorization: `Basic ${btoa(`hardpy:${COUCH_PASSWORD}`)}`,
      "content-type": "application/json",
    },
    ...(value && { body: JSON.stringify(value) }),
    signal: AbortSignal.timeout(10_000),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(`${method} ${url}: ${answer.reason}`);
  return answer;
}

function directOf(origin: string, port: number): Direct {
  const get = (path: string) => ask(origin + path, "GET");
  return {
    origin,
    serverPort: port,
    get,
    put: async (path, value) => {
      const before = value && await get(path).catch(() => undefined);
      const rev = before && { "_rev": before["_rev"] };
      await ask(origin + path, "PUT", value && { ...value, ...rev });
    },
    compact: async (name) =>
      void await ask(`${origin}/${name}/_compact`, "POST", {}),
    remove: async (path) => {
      const isDocument = path.split("/").length > 2;
      const rev = isDocument ? `?rev=${(await get(path))["_rev"]}` : "";
      await ask(origin + path + rev, "DELETE");
    },
  };
}

function freePort(): number {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr as Deno.NetAddr;
  listener.close();
  return port;
}

const RECORD = JSON.parse(
  await Deno.readTextFile(runFile("minimum.runstore")),
);
const { rev: _rev, id: _id, ...REPORT } = JSON.parse(
  await Deno.readTextFile(runFile("minimum.jsonloader")),
);

/** HardPy's record of a run of that device. */
export function record(serial: string, changes: Json = {}): Json {
  const { _id, _rev, ...run } = RECORD;
  return { ...run, ...changes, dut: { ...run.dut, "serial_number": serial } };
}

/** A report as CouchdbLoader writes it. */
export function report(serial: string, changes: Json = {}): Json {
  const dut = { ...REPORT.dut, "serial_number": serial };
  return { ...REPORT, ...changes, dut };
}
