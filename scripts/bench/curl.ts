import type { Destination } from "./upload_run.ts";

/** Throws with what to install where there is no curl. */
export async function requireCurl(): Promise<void> {
  try {
    await new Deno.Command("curl", { args: ["--version"] }).output();
  } catch {
    throw new Error(
      "the bench needs curl\n" +
        "hint: sudo apt-get update && sudo apt-get install -y curl",
    );
  }
}

/** Writes what makes `curl --config` post each file; the key does not get into arguments. */
export async function writeCurlConfig(
  path: string,
  files: readonly string[],
  { address, caFile, apiKey, httpVersion }: Destination & {
    httpVersion: "1.1" | "2";
  },
): Promise<void> {
  const lines = (file: string) => [
    `url = "https://${address}/hardpy/api/v1/test_report"`,
    `data-binary = "@${file}"`,
    'header = "Content-Type: application/json"',
    'header = "Accept: application/json"',
    `header = "Authorization: Bearer ${apiKey}"`,
    `cacert = "${caFile}"`,
    'output = "/dev/null"',
    httpVersion === "2" ? "http2" : "http1.1",
    "fail",
    "silent",
  ];
  const blocks = files.map((file) => lines(file).join("\n"));
  await Deno.writeTextFile(path, `${blocks.join("\nnext\n")}\n`, {
    mode: 0o600,
  });
}

/** Seconds for the whole process. */
export async function runCurl(
  config: string,
  concurrency: number,
): Promise<number> {
  const begin = performance.now();
  const { code } = await new Deno.Command("curl", {
    args: [
      ...["--parallel", "--parallel-max", String(concurrency)],
      ...["--noproxy", "*", "--config", config],
    ],
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).output();
  if (code !== 0) throw new Error(`curl exited with ${code}`);
  return (performance.now() - begin) / 1000;
}
