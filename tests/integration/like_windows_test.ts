import { MODES, startLikeWindows } from "../support/windows/start.ts";
import { testRoundTrip } from "./courier_round_trip.ts";
import { testMainJob } from "./main_job.ts";

const PROGRAM = "the program on a system like Windows";

for (const mode of MODES) {
  testMainJob(`${PROGRAM} (modes: ${mode})`, startLikeWindows(mode), {
    hasModes: false,
  });
}
testRoundTrip(PROGRAM, startLikeWindows("open"));
