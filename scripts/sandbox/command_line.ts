import type { parseArgs } from "node:util";
import { FAULT_KINDS } from "./control_schema.ts";
import type { DeviceAudience, SandboxOptions } from "./types.ts";

/** What `deno task sandbox` takes, as `parseArgs` reads it. */
export const OPTIONS = {
  port: { type: "string" },
  "ca-file": { type: "string" },
  "api-key": { type: "string", multiple: true },
  "device-audience": { type: "string" },
  "honour-idempotency-key": { type: "boolean" },
  "drop-texts": { type: "boolean" },
  "keep-requests": { type: "string" },
  "earlier-runs": { type: "string" },
  "serial-number-filter": { type: "boolean" },
  quiet: { type: "boolean" },
  json: { type: "boolean" },
  help: { type: "boolean" },
} as const;

type Values = ReturnType<
  typeof parseArgs<{ options: typeof OPTIONS }>
>["values"];

export const USAGE =
  `StandCloud sandbox: a stand-in for StandCloud on 127.0.0.1, for tests

  sh scripts/deno task sandbox [OPTION…]

  --port N                  default: a free one
  --ca-file PATH            where the CA's certificate is written; default: a temporary file
  --api-key KEY             a key that the API accepts; may be given several times
  --device-audience WHEN    when a device login may use the API: never (default, as Authelia
                            4.39.20), on_refresh (4.39.16) or granted (at once)
  --honour-idempotency-key  answer a repeated Idempotency-Key as the first; default: store again
  --drop-texts              keep digests and numbers of the reports only (for many reports)
  --keep-requests N         keep about N of the last requests; default: all
  --earlier-runs N          test_run gives N made-up runs before the uploaded ones; default 0
  --serial-number-filter    test_run can be filtered by serial_number; default: it cannot
  --quiet                   print no requests
  --json                    print one JSON line with address and ca_file, nothing else

It misbehaves on demand, told by JSON below https://ADDRESS/_control. There is no secret:
it is a test tool and listens on 127.0.0.1 only.

  GET    /_control                what was received, in numbers
  GET    /_control/faults         the faults that are left
  POST   /_control/faults         add one, or a list
  DELETE /_control/faults         be sound again
  GET    /_control/requests       method, path, status …; ?limit=N&offset=N
  GET    /_control/reports        id, serial_number, part_number, digest, idempotency_key …
  POST   /_control/reset          forget faults, reports, requests and counts
  PUT    /_control/lookup         {"status": 403, 404, 405, "maximumRows": N, "earlierRuns": N,
                                  "serialNumberFilter": true}; null sets one back
  POST   /_control/tokens         {"action": "expire"} or {"action": "revoke"}
  PUT    /_control/access         {"allowed": false}: the proxy answers every account with 403

A fault: {"method": "POST", "path": "*/test_report", "times": 2, "after": 1,
"probability": 0.1, "seed": 7, "action": {"kind": KIND, …}}; all but action may be left out.
KIND: ${wrapped(FAULT_KINDS)}
With status (headers, body): respond, redirect_to_sign_in, truncate_answer. With milliseconds:
delay, commit_then_delay. With bytesPerSecond: slow_read, slow_answer. With retryAfterSeconds
(asDate): too_many_requests. With announced: close_connection.
scripts/sandbox/fault_types.ts says what each does.

  curl --cacert CA_FILE https://ADDRESS/_control/faults \\
    -d '{"path": "*/test_report", "times": 1, "action": {"kind": "commit_then_drop"}}'
`;

/** Throws when a number is none. */
export function readOptions(values: Values): SandboxOptions {
  const { "ca-file": caFile, "api-key": apiKeys } = values;
  return {
    ...values.port !== undefined && { port: whole("port", values.port) },
    ...caFile !== undefined && { caFile },
    ...apiKeys !== undefined && { apiKeys },
    ...values["device-audience"] !== undefined &&
      { deviceAudience: audience(values["device-audience"]) },
    ...values["keep-requests"] !== undefined &&
      { keepRequests: whole("keep-requests", values["keep-requests"]) },
    honourIdempotencyKey: values["honour-idempotency-key"] ?? false,
    keepTexts: !values["drop-texts"],
    lookup: {
      ...values["earlier-runs"] !== undefined &&
        { earlierRuns: whole("earlier-runs", values["earlier-runs"]) },
      ...values["serial-number-filter"] && { serialNumberFilter: true },
    },
  };
}

function audience(text: string): DeviceAudience {
  if (text === "never" || text === "on_refresh" || text === "granted") {
    return text;
  }
  throw new Error("--device-audience wants never, on_refresh or granted");
}

function whole(name: string, text: string): number {
  if (!/^\d{1,9}$/.test(text)) {
    throw new Error(`--${name} wants a whole number`);
  }
  return Number(text);
}

function wrapped(words: readonly string[]): string {
  const lines = [""];
  for (const word of words) {
    const line = `${lines.at(-1)}${lines.at(-1) === "" ? "" : ", "}${word}`;
    if (line.length <= 84) lines[lines.length - 1] = line;
    else lines.push(word);
  }
  return lines.join(",\n  ");
}
