import type { System } from "../../src/system/system.ts";
import type { Surroundings } from "../../src/system/surroundings.ts";

/** A place from which the program is run. */
function place(surroundings: Surroundings): { system: Partial<System> } {
  return { system: { surroundings: () => Promise.resolve(surroundings) } };
}

export const SERVER: { system: Partial<System> } = place({
  withoutBrowser: "there is no screen",
  ssh: undefined,
});

export const SSH: { system: Partial<System> } = place({
  withoutBrowser: "this is an SSH session",
  ssh: { user: "operator", host: "10.0.0.5", port: 22 },
});

export const SSH_OTHER_PORT: { system: Partial<System> } = place({
  withoutBrowser: "this is an SSH session",
  ssh: { user: "operator", host: "10.0.0.5", port: 2222 },
});
