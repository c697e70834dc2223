import type { Stand } from "./client.ts";

export const key = "key-of-the-lab";
export const reportPath = "/hardpy/api/v1/test_report";
export const json = {
  accept: "application/json",
  authorization: `Bearer ${key}`,
};

/** Every upload, and nothing else. */
export function matchUpload(method: string, path: string): boolean {
  return method === "POST" && path === reportPath;
}

/** A run document that the sandbox takes. */
export function report(
  changes: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    rev: "1-a",
    id: "current",
    status: "passed",
    "start_time": 1741341910,
    "stop_time": 1741341972,
    "test_stand": { name: "stand 1" },
    dut: { "serial_number": "SN1", "part_number": "PN1", info: {} },
    modules: {},
    ...changes,
  };
}

/** Of one device, so that it can be looked up. */
export function reportOf(
  serialNumber: string,
  partNumber: string = "PN1",
): Record<string, unknown> {
  const dut = { "serial_number": serialNumber, "part_number": partNumber };
  return report({ dut: { ...dut, info: { batch: "7" } } });
}

/**
 * As `fetch` takes it. The body is a Blob: over HTTP/1.1 Deno's fetch sends a POST with a string
 * body again, by itself, when the connection ends before the answer.
 */
export function uploadOf(
  body: unknown = report(),
  headers: Record<string, string> = {},
): RequestInit {
  const content = { "content-type": "application/json" };
  return {
    method: "POST",
    headers: { ...json, ...content, ...headers },
    body: new Blob([JSON.stringify(body)]),
  };
}

/** Uploads and gives the id that the sandbox answered with. */
export async function uploaded(
  stand: Stand,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<string> {
  const response = await stand.request(reportPath, uploadOf(body, headers));
  return (await response.json())["test_run_id"];
}

/** What a `GET` of the API answers. */
export async function read(
  stand: Stand,
  path: string,
  // deno-lint-ignore no-explicit-any -- each test says which rows it expects
): Promise<any> {
  const url = `/hardpy/api/v1/${path}`;
  return await (await stand.request(url, { headers: json })).json();
}
