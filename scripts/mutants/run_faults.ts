import type { Faults } from "./mutant.ts";

const ONE_RUN = "tests/runs/one_run_test.ts";
const FORMS = "tests/runs/forms_met_test.ts";

/** Faults in how runs are told apart, and in the body that is sent. */
export const RUN_FAULTS: readonly Faults[] = [
  {
    file: "src/runs/one_run.ts",
    tests: [ONE_RUN],
    faults: [
      [` && !one.place.startsWith("-")`, ``],
      [`one.form === other.form && !isOneFile(one, other)`, `false`],
      [` || one === other;`, `;`],
      [`sharedSerials(document, b) - sharedSerials(document, a)`, `0`],
      [`history: 2`, `history: 1`],
      [`LACKS[one] < LACKS[than]`, `LACKS[one] <= LACKS[than]`],
      [`a?.key !== undefined && a.key`, `a?.key`],
    ],
  },
  {
    file: "src/runs/forms_met.ts",
    tests: [FORMS],
    faults: [
      [`this.#runOf(document, met) ?? digest;`, `digest;`],
      [`one.run === run && one.digest !== document.digest`, `one.run === run`],
      [
        `if (isWaiting) this.#waiting.add(document);\n    else`,
        `if (!isWaiting)`,
      ],
      [`this.#waiting.forget(digest);`, ``],
    ],
  },
  {
    file: "src/runs/run_key.ts",
    tests: ["tests/runs/run_key_test.ts"],
    faults: [
      [`run["name"], start, hardwareId, cases`, `run["name"], start, cases`],
      [`numberOf(attempt ?? 0)`, `numberOf(attempt)`],
      [`? Number(value)`, `? value`],
    ],
  },
  {
    file: "src/runs/content.ts",
    tests: ["tests/runs/content_test.ts", "tests/runs/digest_test.ts"],
    faults: [
      [
        `const { rev: _rev, id: _id, ...content }`,
        `const { rev: _rev, ...content }`,
      ],
      [`.filter(([, value]) => value !== null)`, ``],
      [`["test_stand", filledStand]`, ``],
    ],
  },
  {
    file: "src/runs/posted_body.ts",
    tests: [
      "tests/runs/posted_body_test.ts",
      "tests/runs/posted_by_hardpy_test.ts",
    ],
    faults: [
      [`.filter((member) => !isNullAt(wire, member))`, ``],
      [`const text = filledNumber ??`, `const text =`],
      [`...nameEdits(wire, fields, filled[0]?.text),\n    ...part`, `...part`],
    ],
  },
];
