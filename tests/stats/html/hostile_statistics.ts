import type { Statistics } from "../../../src/stats/statistics.ts";
import { measurementOf, normal } from "./made_measurements.ts";
import {
  failureWith,
  runLine,
  statisticsWith,
  statsWith,
  unitWith,
  yieldWith,
} from "./made_statistics.ts";

/** A result in which every text that a document, a path or a flag can bring is this one. */
export function statisticsOf(text: string): Statistics {
  const names = { "part_number": text, process: text };
  const places = { ...names, module: text, case: text };
  const stands = [yieldWith(40, 38, { ...names, by: "stand", group: text })];
  const days = ["2026-03-02", "2026-03-03", text].map((group) =>
    yieldWith(20, 19, { ...names, by: "day", group })
  );
  const line = runLine("failed", {
    ...names,
    source: text,
    "serial_number": text,
    stand: text,
    cause: text,
  });
  const values = normal(60, { mean: 5, stdev: 0.1 });
  const limits = [
    { operation: "gele", lower: 4.9, upper: 5.1, comparison: null },
    { operation: "eq", lower: null, upper: null, comparison: text },
    { operation: text, lower: null, upper: 5, comparison: null },
  ];
  return statisticsWith({
    stats: statsWith({ documents: 90, runs: 80, failed: 2, units: 40 }),
    firstDay: "2026-03-02",
    lastDay: "2026-03-03",
    yields: [yieldWith(40, 38, names), yieldWith(40, 38)],
    failures: [
      failureWith(places),
      failureWith({ ...places, by: "message", message: text }),
      failureWith({ ...places, by: "error_code", "error_code": 3 }),
    ],
    measurements: limits.map((one) =>
      measurementOf({
        values,
        limits: one,
        standNames: [text, `${text}2`],
        standOf: (index) => index % 2,
        event: { ...places, name: text, unit: text, failed: 3 },
      })
    ),
    units: [unitWith("not_passed", [line])],
    warnings: [{
      event: "warning",
      code: "copies",
      count: 1,
      message: text,
      examples: [text],
    }],
    filters: [text],
    yieldsBy: (by) => by === "stand" ? stands : days,
    lastRuns: () => [line],
  });
}
