import { proposeAddresses } from "../proposals.ts";

const address = {
  brief: "StandCloud address, for example demo.standcloud.io",
  placeholder: "ADDRESS",
  parse: String,
  proposeCompletions: proposeAddresses,
  optional: true,
} as const;

/** `[ADDRESS]` as the only argument. */
export const addressArgument = {
  kind: "tuple",
  parameters: [address],
} as const;
