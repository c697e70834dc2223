import type { Found, Rule } from "./rule.ts";
import type { RunView } from "./run_view.ts";
import { isTimeZone } from "./time_zone.ts";
import { fieldsOf, isEmpty, quoted } from "../values.ts";

export const unidentifiedStand: Rule = {
  word: "unidentified-stand",
  brief: "The stand's hardware id or time zone is missing",
  severities: ["warning"],
  profile: "both",
  explanation:
    `HardPy writes the id of the machine and the time zone of its clock by itself. Without the id two
stands of one name cannot be told apart; times are stored in UTC, so without the zone nobody knows
which shift a run belongs to.`,
  fix: "set the time zone and the machine id of the stand's computer",
  failing: { at: "/test_stand/timezone", json: '"Middle Earth"' },
  passing: { at: "/test_stand/timezone", json: '"Europe/Berlin"' },
  check: (run) => [...checkId(run), ...checkZone(run)],
};

function* checkId({ testStand }: RunView): Generator<Found> {
  if (!isEmpty(testStand.fields["hw_id"])) return;
  yield {
    severity: "warning",
    path: testStand.path("hw_id"),
    message:
      "The hardware id of the test stand is missing, so stands of one name cannot be told apart",
    fix:
      "let HardPy read the computer's machine id (Linux: /etc/machine-id must be readable)",
  };
}

function* checkZone({ testStand }: RunView): Generator<Found> {
  const zone = testStand.fields["timezone"];
  if (!isEmpty(zone) && (typeof zone !== "string" || isTimeZone(zone))) return;
  yield {
    severity: "warning",
    path: testStand.path("timezone"),
    message: isEmpty(zone)
      ? "The time zone of the test stand is missing"
      : `The time zone ${quoted(zone)} does not exist`,
    fix: "set the time zone of the stand's computer, for example Europe/Berlin",
  };
}

export const deprecatedDrivers: Rule = {
  word: "deprecated-drivers",
  brief: "Instruments are described as drivers",
  severities: ["warning"],
  profile: "current",
  explanation:
    `HardPy 0.15 replaced the free list of drivers by instruments, which have a name, a serial number
and a revision of their own. Only those can be searched: which runs used this multimeter?`,
  fix: "hardpy.set_instrument",
  failing: { at: "/test_stand/drivers", json: '{"dmm": {"port": "COM3"}}' },
  passing: { at: "/test_stand/drivers", json: "{}" },
  *check({ testStand }) {
    const names = Object.keys(fieldsOf(testStand.fields["drivers"]));
    if (names.length === 0) return;
    yield {
      severity: "warning",
      path: testStand.path("drivers"),
      message: `The test stand has ${
        names.length === 1 ? "a driver" : `${names.length} drivers`
      }; HardPy 0.15 and later describes instruments instead`,
    };
  },
};
