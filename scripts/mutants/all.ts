import { LEDGER_FAULTS } from "./ledger_faults.ts";
import { mutantsOf } from "./mutant.ts";
import { RUN_FAULTS } from "./run_faults.ts";
import { REQUEST_FAULTS, UPLOAD_FAULTS } from "./upload_faults.ts";

export const MUTANTS = mutantsOf([
  ...UPLOAD_FAULTS,
  ...REQUEST_FAULTS,
  ...LEDGER_FAULTS,
  ...RUN_FAULTS,
]);
