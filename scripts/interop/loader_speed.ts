/**
 * How fast HardPy's own StandCloudLoader uploads, called in a loop, beside `standcloud upload` of
 * the same documents to the same sandbox:
 * `sh scripts/deno run -A scripts/interop/loader_speed.ts [DOCUMENTS]`.
 */
import {
  type SandboxProcess,
  startSandboxProcess,
} from "../bench/sandbox_process.ts";
import { writeRunDocuments } from "../bench/run_documents.ts";
import { runUpload } from "../bench/upload_run.ts";
import { compiledBinary } from "../compile/compiled_binary.ts";
import { fromRoot } from "../compile/paths.ts";
import { fail, say } from "../compile/say.ts";
import { pythonWith, run } from "./environment.ts";

const HARDPY = "0.22.1";
const DOCUMENTS = 500;
const CONCURRENCY = 8;

/** The figures, a line each. Throws unless both sides delivered every document. */
export async function loaderSpeed(documents = DOCUMENTS): Promise<string[]> {
  const python = await pythonWith(HARDPY);
  const binary = await compiledBinary({ log: say });
  const folder = await Deno.makeTempDir({ prefix: "standcloud-loader-" });
  try {
    await writeRunDocuments(folder, documents, { form: "sent" });
    await using sandbox = await startSandboxProcess();
    const theirs = await runLoader(python, { folder, sandbox });
    await requireAll(sandbox, documents);
    await sandbox.reset();
    const { address, caFile, apiKey } = sandbox;
    const destination = { address, caFile, apiKey };
    const concurrency = CONCURRENCY;
    const ours = await runUpload({
      binary,
      folder,
      concurrency,
      ...destination,
    });
    await requireAll(sandbox, documents);
    return lines(documents, { theirs, ours: ours.seconds });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

interface LoaderRun {
  /** Of the loop: reading, checking and loading. Python's start is left out. */
  readonly seconds: number;
  /** Of that, in HardPy's loader. */
  readonly loadSeconds: number;
}

async function runLoader(
  python: string,
  { folder, sandbox }: { folder: string; sandbox: SandboxProcess },
): Promise<LoaderRun> {
  const script = fromRoot("scripts/interop/loader.py");
  const env = {
    "STANDCLOUD_ADDRESS": sandbox.address,
    "STANDCLOUD_API_KEY": sandbox.apiKey,
    "NO_PROXY": "127.0.0.1",
  };
  return JSON.parse(await run(python, [script, folder], { env }));
}

async function requireAll(
  sandbox: SandboxProcess,
  documents: number,
): Promise<void> {
  const stored = await sandbox.reportCount();
  if (stored === documents) return;
  throw new Error(`${stored} of ${documents} documents arrived`);
}

function lines(
  documents: number,
  { theirs, ours }: { theirs: LoaderRun; ours: number },
): string[] {
  const rate = (seconds: number) => (documents / seconds).toFixed(1);
  return [
    `Uploading ${documents} documents of 60 kB, documents per second:`,
    `  HardPy ${HARDPY}, StandCloudLoader in a loop: ${rate(theirs.seconds)} ` +
    `(its load() alone: ${rate(theirs.loadSeconds)})`,
    `  standcloud upload, whole process: ${rate(ours)}, ` +
    `× ${(theirs.seconds / ours).toFixed(1)}`,
  ];
}

if (import.meta.main) {
  const documents = Number(Deno.args[0] ?? DOCUMENTS);
  await loaderSpeed(documents).then((text) => text.forEach(say)).catch(fail);
}
