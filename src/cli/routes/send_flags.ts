import { DAY_SECONDS, whole } from "../flags.ts";

/** Flags of every command that sends reports. */
export const sendFlags = {
  concurrency: whole("Requests at once (default: 4)", {
    placeholder: "N",
    minimum: 1,
    maximum: 64,
  }),
  timeout: whole("Per request, more if large (default: 20)", {
    placeholder: "SECONDS",
    minimum: 1,
    maximum: DAY_SECONDS,
  }),
  retryFor: whole("Keep retrying temporary failures (default: 60)", {
    placeholder: "SECONDS",
    minimum: 0,
    maximum: DAY_SECONDS,
  }),
};
