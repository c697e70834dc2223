const address = {
  brief: "StandCloud address, for example demo.standcloud.io",
  placeholder: "ADDRESS",
  parse: String,
  optional: true,
} as const;

/** `[ADDRESS]` as the only argument. */
export const addressArgument = {
  kind: "tuple",
  parameters: [address],
} as const;
