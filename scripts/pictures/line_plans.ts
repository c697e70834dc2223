import type { Random } from "../interop/factory/random.ts";

export interface LineCase {
  readonly module: string;
  readonly key: string;
  readonly seconds: number;
  /** What it measures; without it the case only passes or fails. */
  readonly value?: {
    readonly name: string;
    readonly unit: string;
    readonly mean: number;
    readonly sigma: number;
    readonly lower?: number;
    readonly upper?: number;
  };
  /** How far the mean of a stand is off, from the first day (0) to the last (1). */
  readonly shift?: (stand: string, age: number) => number;
  /** Share of the runs that fail. */
  readonly failing?: number;
  readonly message?: (random: Random) => string;
}

const SUPPLY = { module: "test_1_supply", seconds: 3 };
const CAN = { module: "test_2_can", seconds: 5 };
const SENSORS = { module: "test_3_sensors", seconds: 8 };
const RADIO = { module: "test_4_radio", seconds: 6 };

export const PLANS = {
  ICT: [
    {
      ...SUPPLY,
      key: "test_rail_3v3",
      value: {
        name: "3V3",
        unit: "V",
        mean: 3.301,
        sigma: 0.009,
        lower: 3.2,
        upper: 3.4,
      },
    },
    {
      ...SUPPLY,
      key: "test_shorts",
      failing: 0.012,
      message: (random) =>
        `AssertionError: short between net ${random.below(90)} and GND`,
    },
  ],
  EOL: [
    {
      ...SUPPLY,
      key: "test_standby_current",
      value: {
        name: "Standby current",
        unit: "uA",
        mean: 79,
        sigma: 9.4,
        upper: 100,
      },
    },
    {
      ...SUPPLY,
      key: "test_rail_3v3",
      value: {
        name: "3V3 under load",
        unit: "V",
        mean: 3.296,
        sigma: 0.015,
        lower: 3.2,
        upper: 3.4,
      },
      shift: (stand) => stand === "eol-3" ? 0.018 : 0,
    },
    {
      ...CAN,
      key: "test_termination",
      value: {
        name: "Termination",
        unit: "Ohm",
        mean: 120.2,
        sigma: 1.5,
        lower: 114,
        upper: 126,
      },
      shift: (stand, age) =>
        stand === "eol-2" && age > 0.4 ? -10 * (age - 0.4) : 0,
    },
    {
      ...CAN,
      key: "test_bus_up",
      failing: 0.07,
      message: (random) =>
        `AssertionError: ${random.below(40)} error frames, register at 0x${
          random.below(4096).toString(16)
        }`,
    },
    {
      ...SENSORS,
      key: "test_humidity",
      value: {
        name: "Humidity",
        unit: "%RH",
        mean: 44.5,
        sigma: 3.3,
        lower: 30,
        upper: 60,
      },
    },
    {
      ...SENSORS,
      key: "test_temperature",
      value: {
        name: "Temperature",
        unit: "degC",
        mean: 23.1,
        sigma: 0.8,
        lower: 18,
        upper: 30,
      },
    },
    {
      ...RADIO,
      key: "test_rssi",
      value: { name: "RSSI", unit: "dBm", mean: -52, sigma: 3.1, lower: -62 },
    },
    {
      ...RADIO,
      key: "test_pairing",
      failing: 0.014,
      message: () => "AssertionError: no answer from the gateway",
    },
  ],
} satisfies Readonly<Record<string, readonly LineCase[]>>;
