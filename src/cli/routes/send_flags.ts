import { DAY_SECONDS, duration, oneOf, toggle, wholeOr } from "../flags.ts";

/** Of commands that send files. */
export const afterFlag = oneOf(
  "What becomes of an uploaded file (default: keep)",
  ["keep", "move", "delete"],
);

/** Flags of every command that sends reports. */
export const sendFlags = {
  concurrency: wholeOr("auto", "Requests at once (default: auto, up to 32)", {
    placeholder: "N",
    minimum: 1,
    maximum: 64,
  }),
  timeout: duration("Per request, more if large (default: 20s)", {
    minimum: 1,
    maximum: DAY_SECONDS,
  }),
  retryFor: duration("Keep retrying temporary failures (default: 60s)", {
    maximum: DAY_SECONDS,
  }),
  retryNow: toggle("Do not wait for a pause that StandCloud asked for"),
};
