import type { Faults } from "./mutant.ts";

const LEDGER = [
  "tests/upload/ledger/ledger_test.ts",
  "tests/upload/ledger/documents_test.ts",
  "tests/upload/ledger/forms_test.ts",
];

/** Faults in the ledger. */
export const LEDGER_FAULTS: readonly Faults[] = [
  {
    file: "src/upload/ledger/reports.ts",
    tests: LEDGER,
    faults: [
      [`if (entry?.state === "sending") return { kind: "busy" };`, ``],
      [
        `if (others.some(({ state }) => state === "sending")) {`,
        `if (false) {`,
      ],
      [`entry?.state === "rejected" && !rejectedToo`, `false`],
      [`state === "waiting" && isUnknown`, `false`],
      [`if (!again && this.#join(key, others)) {`, `if (false) {`],
      [`this.#keepDocument(key, document);\n    const`, `const`],
      [`if (entry?.state === "sending") return entry;`, ``],
      [
        `["sending", "uploaded"].includes(before.state)`,
        `before.state === "uploaded"`,
      ],
    ],
  },
  {
    file: "src/upload/ledger/stored_runs.ts",
    tests: LEDGER,
    faults: [
      [`if (!form || !runKey) return [];`, `return [];`],
    ],
  },
  {
    file: "src/upload/ledger/statements.ts",
    tests: LEDGER,
    faults: [
      [`http_status = coalesce($status, http_status)`, `http_status = $status`],
      [`attempts = attempts + $sent`, `attempts = $sent`],
      [
        `= max(is_possibly_duplicate, $duplicate)`,
        `= $duplicate`,
      ],
      [
        `is_unknown = max(is_unknown, $unknown), cause`,
        `is_unknown = $unknown, cause`,
      ],
      [`AND later.rowid > own.rowid`, ``],
      [`test_run_id = $run, cause = NULL`, `cause = NULL`],
    ],
  },
  {
    file: "src/upload/ledger/claims.ts",
    tests: ["tests/upload/document_cases_test.ts"],
    faults: [[
      `  await write(release);\n  }`,
      `  release();\n  }`,
    ]],
  },
  {
    file: "src/upload/ledger/reports.ts",
    tests: ["tests/upload/ledger/held_documents_test.ts"],
    faults: [[`this.#keepDocument(key, document, "held");`, ``]],
  },
  {
    file: "src/upload/ledger/statements.ts",
    tests: ["tests/upload/ledger/held_documents_test.ts"],
    faults: [
      [`AND held.state = 'held'`, `AND held.state = 'x'`],
      [`AND state IN ('uploaded', 'superseded')`, `AND state = 'uploaded'`],
    ],
  },
];
