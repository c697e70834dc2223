import { systemClock } from "../../../src/system/clock.ts";
import { fakeSystem } from "../fake_system.ts";
import { ONCE, quietLedger, reportKey } from "../../upload/ledger/ledgers.ts";
import { say } from "./say.ts";

const [home = ""] = Deno.args;
const { ledger } = await quietLedger(fakeSystem(home));
await ledger.begin();
await ledger.claim(reportKey(1), ONCE);
say("claimed");
await systemClock.sleep(60_000);
