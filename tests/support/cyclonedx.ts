import { Version } from "@cyclonedx/cyclonedx-library/Spec";
import { JsonStrictValidator } from "@cyclonedx/cyclonedx-library/Validation";
// The validator loads these by itself, and they are optional to it.
import "ajv";
import "ajv-formats";
import "ajv-formats-draft2019";

/** Undefined when the text is a CycloneDX 1.6 document, else the faults that were found. */
export async function cyclonedxFaults(text: string): Promise<unknown> {
  const validator = new JsonStrictValidator(Version.v1dot6);
  return await validator.validate(text) ?? undefined;
}
