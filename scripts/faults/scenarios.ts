import {
  BUNDLE,
  EXPORT_FOLDER,
  EXPORT_ZIP,
  PAGES,
  RECEIPTS_IMPORT,
} from "./courier_scenarios.ts";
import {
  FIRST_LOGIN,
  LOGIN_AGAIN,
  RENEWAL,
  ROTATION,
} from "./login_scenarios.ts";
import type { Scenario } from "./scenario.ts";
import { MOVE_SCENARIO, UPLOAD_SCENARIO } from "./upload_scenarios.ts";

export const SCENARIOS: readonly Scenario[] = [
  FIRST_LOGIN,
  LOGIN_AGAIN,
  RENEWAL,
  ROTATION,
  UPLOAD_SCENARIO,
  MOVE_SCENARIO,
  EXPORT_ZIP,
  EXPORT_FOLDER,
  BUNDLE,
  RECEIPTS_IMPORT,
  PAGES,
];
