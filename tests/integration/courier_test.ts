import { startProgram } from "../support/run_program.ts";
import { testRoundTrip } from "./courier_round_trip.ts";

testRoundTrip("run()", startProgram);
