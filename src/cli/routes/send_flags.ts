import { DAY_SECONDS, oneOf, toggle, whole, wholeOr } from "../flags.ts";

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
  retryNow: toggle("Do not wait for a pause that StandCloud asked for"),
};
