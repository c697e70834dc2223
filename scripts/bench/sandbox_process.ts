import { type Service, startService } from "./service.ts";

/** A sandbox in a process of its own, as a bench wants it. */
export interface SandboxProcess extends AsyncDisposable {
  readonly address: string;
  readonly port: number;
  readonly caFile: string;
  readonly apiKey: string;
  /** How many reports it has. */
  reportCount(): Promise<number>;
  /** Forgets what it received. */
  reset(): Promise<void>;
}

const API_KEY = "key-of-the-bench";

/** @param options what `deno task sandbox` takes beside what every bench wants. */
export async function startSandboxProcess(
  options: readonly string[] = [],
): Promise<SandboxProcess> {
  const service = await startService("scripts/sandbox.ts", [
    ...["--json", "--api-key", API_KEY, "--keep-requests", "1000"],
    ...options,
  ]);
  const { address, ca_file: caFile } = service.announcement as {
    address: string;
    "ca_file": string;
  };
  const client = Deno.createHttpClient({
    caCerts: [await Deno.readTextFile(caFile)],
  });
  const control = async (method: string, path: string) => {
    const url = `https://${address}/_control${path}`;
    const response = await fetch(url, { method, client });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status}`);
    return await response.json();
  };
  return {
    address,
    port: Number(address.split(":").at(-1)),
    caFile,
    apiKey: API_KEY,
    reportCount: async () => (await control("GET", ""))["reports"],
    reset: async () => await control("POST", "/reset"),
    [Symbol.asyncDispose]: () => close(service, client),
  };
}

async function close(
  service: Service,
  client: Deno.HttpClient,
): Promise<void> {
  client.close();
  await service[Symbol.asyncDispose]();
}
