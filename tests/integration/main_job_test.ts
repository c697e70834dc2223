import { startProgram } from "../support/run_program.ts";
import { testMainJob } from "./main_job.ts";

testMainJob("run()", startProgram);
