import { startBinary } from "../support/run_binary.ts";
import { testRoundTrip } from "./courier_round_trip.ts";

testRoundTrip("the compiled program", startBinary);
