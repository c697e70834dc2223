import {
  processEnvironment,
  SECRET_VARIABLES,
} from "../../../src/system/environment.ts";
import { say } from "./say.ts";

const environment = processEnvironment();
const grandchild = await new Deno.Command(Deno.execPath(), {
  args: ["eval", "console.log(JSON.stringify(Deno.env.toObject()))"],
}).output();
say(JSON.stringify({
  apiKey: environment.secret("STANDCLOUD_API_KEY")?.reveal(),
  hardpyKey: environment.secret("HARDPY_SC_API_KEY")?.reveal(),
  passphrase: environment.secret("STANDCLOUD_PASSPHRASE")?.reveal() ?? null,
  empty: SECRET_VARIABLES.filter(environment.isEmpty),
  address: environment.get("STANDCLOUD_ADDRESS"),
  emptyHome: environment.get("STANDCLOUD_HOME") ?? null,
}));
say(new TextDecoder().decode(grandchild.stdout).trim());
