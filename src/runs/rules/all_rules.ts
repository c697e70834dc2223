import { attemptCount } from "./attempt_count.ts";
import { brokenTestId } from "./broken_test_id.ts";
import { chartShape } from "./chart_shape.ts";
import { duplicateKey } from "./duplicate_key.ts";
import { noDutName, noSerialNumber } from "./identity_rules.ts";
import { implausibleTime } from "./implausible_time.ts";
import { infoInArtifact } from "./info_in_artifact.ts";
import { infoValueType } from "./info_value_type.ts";
import { largeDocument } from "./large_document.ts";
import { measurementResult } from "./measurement_result.ts";
import { missingMandatoryField } from "./missing_mandatory_field.ts";
import { duplicateCaseName, unnamedCase, unnamedModule } from "./name_rules.ts";
import { incompleteInstrument, incompleteSubUnit } from "./part_rules.ts";
import { possibleSecret } from "./possible_secret.ts";
import { resultOnlyInMessage } from "./result_only_in_message.ts";
import type { Rule } from "./rule.ts";
import { schemaRules } from "./schema_rules.ts";
import { staleData } from "./stale_data.ts";
import { deprecatedDrivers, unidentifiedStand } from "./stand_rules.ts";
import { inconsistentStatus, wrongFailureCause } from "./status_rules.ts";
import { structuredDataInArtifact } from "./structured_data_in_artifact.ts";
import { unsafeNumber } from "./unsafe_number.ts";

/** Every rule, the gravest first. */
export const rules: readonly Rule[] = [
  missingMandatoryField,
  brokenTestId,
  ...schemaRules,
  infoValueType,
  inconsistentStatus,
  implausibleTime,
  staleData,
  unsafeNumber,
  duplicateKey,
  possibleSecret,
  noSerialNumber,
  noDutName,
  unidentifiedStand,
  incompleteSubUnit,
  incompleteInstrument,
  deprecatedDrivers,
  unnamedModule,
  unnamedCase,
  duplicateCaseName,
  measurementResult,
  chartShape,
  attemptCount,
  wrongFailureCause,
  resultOnlyInMessage,
  infoInArtifact,
  structuredDataInArtifact,
  largeDocument,
];
