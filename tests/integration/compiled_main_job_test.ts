import { startBinary } from "../support/run_binary.ts";
import { testMainJob } from "./main_job.ts";

testMainJob("the compiled program", startBinary);
