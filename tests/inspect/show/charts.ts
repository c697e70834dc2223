/** A run with a chart of every kind, sound and odd ones. */
export function chartHeavyRun(points = 100_000): string {
  return JSON.stringify({
    status: "passed",
    "start_time": 1795354800,
    "stop_time": 1795358465,
    name: "Amplifier characterisation",
    rev: "1",
    id: "1",
    "test_stand": { name: "lab-2", timezone: "Europe/Berlin", info: {} },
    dut: { "serial_number": "AMP-0042", "part_number": "AMP-7", info: {} },
    process: { name: "Characterisation", info: {} },
    modules: {
      "test_1_sound": moduleOf("Charts", soundCharts(points)),
      "test_2_odd": moduleOf("Odd charts", oddCharts()),
    },
    artifact: {},
  });
}

function moduleOf(name: string, charts: Record<string, object>): object {
  const entries = Object.entries(charts).map(([title, chart], index) => [
    `test_${index}`,
    {
      ...times,
      name: title,
      measurements: index === 0 ? measurements : [],
      chart: { title, ...chart },
      attempt: 1,
      group: "main",
      artifact: {},
    },
  ]);
  const cases = Object.fromEntries(entries);
  return { ...times, name, cases, group: "main", artifact: {} };
}

const times = {
  status: "passed",
  "start_time": 1795354800,
  "stop_time": 1795354923,
};

const measurements = [
  numeric("Gain at 1 kHz", { operation: "gtlt", lower: 39.5, upper: 40.5 }),
  numeric("Noise", { operation: "lt", comparison: 55 }),
  numeric("Slew rate", { operation: "ge", comparison: 12 }),
  numeric("Hum band", { operation: "ltgt", lower: 45, upper: 65 }),
  numeric("Channels", { operation: "eq", comparison: 40.1 }),
];

function numeric(
  name: string,
  { operation, comparison = null, lower = null, upper = null }: {
    operation: string;
    comparison?: number | null;
    lower?: number | null;
    upper?: number | null;
  },
): object {
  return {
    type: "numeric",
    name,
    operation,
    result: true,
    value: 40.1,
    unit: "dB",
    "comparison_value": comparison,
    "lower_limit": lower,
    "upper_limit": upper,
  };
}

function soundCharts(points: number): Record<string, object> {
  const decades = range(61).map((i) => 10 * 10 ** (i / 10));
  const gains = [1, 2, 3].map((n) =>
    decades.map((f) => 40 / Math.sqrt(1 + (f / (10 ** (n + 2))) ** 2))
  );
  const long = range(points);
  const many = range(10);
  return {
    "Bode diagram": {
      type: "line_log_x",
      "x_label": "Frequency, Hz",
      "y_label": "Gain, dB",
      "marker_name": ["Channel A", "Channel B", "Channel C"],
      "x_data": gains.map(() => decades),
      "y_data": gains.map((gain) => gain.map((g) => 20 * Math.log10(g))),
    },
    "Transient with one spike": {
      type: "line",
      "x_label": "Time, s",
      "y_label": "Voltage, V",
      "marker_name": [null],
      "x_data": [long.map((i) => i / points)],
      "y_data": [
        long.map((i) =>
          i === Math.floor(points * 0.7)
            ? 9.5
            : Math.sin(i * 60 / points) + 0.3 * Math.sin(i * 1.7)
        ),
      ],
    },
    "Leakage over time": {
      type: "line_log_y",
      "x_label": "Time, min",
      "y_label": "Current, A",
      "marker_name": ["25 °C", "85 °C"],
      "x_data": [range(30), range(30)],
      "y_data": [1e-9, 4e-8].map((start) =>
        range(30).map((i) => start * Math.exp(-i / 6))
      ),
    },
    "Noise density": {
      type: "log_x_y",
      "x_label": "Frequency, Hz",
      "y_label": "Noise, V/√Hz",
      "marker_name": [],
      "x_data": [decades],
      "y_data": [decades.map((f) => 4e-9 * Math.sqrt(1 + 300 / f))],
    },
    "Ten channels": {
      type: "line",
      "x_label": "Step",
      "y_label": "Offset, mV",
      "marker_name": many.map((n) => `Channel ${n + 1}`),
      "x_data": many.map(() => range(12)),
      "y_data": many.map((n) => range(12).map((i) => n + Math.sin(i + n))),
    },
    "Hysteresis": {
      type: "line",
      "x_label": "Field, A/m",
      "y_label": "Flux, mT",
      "marker_name": ["Loop"],
      "x_data": [range(400).map((i) => 90 * Math.cos(i / 32))],
      "y_data": [range(400).map((i) => 3 * Math.tanh(Math.cos(i / 32 - 0.6)))],
    },
  };
}

function oddCharts(): Record<string, object> {
  return {
    "Unequal lengths": {
      "x_data": [[1, 2, 3, 4], [1]],
      "y_data": [[3, 1, 2], [2, 2, 2]],
      "marker_name": ["long x", "long y"],
    },
    "Empty": {},
    "No series": { "x_data": [[]], "y_data": [[]] },
    "Zero on a logarithmic axis": {
      type: "log_x_y",
      "x_data": [[0, 1, 10, 100]],
      "y_data": [[1, -2, 20, 200]],
    },
    "One point": { "x_data": [[7]], "y_data": [[7]] },
    "Not numbers": {
      "x_data": [[1, 2, 3, 4, 5]],
      "y_data": [[1, null, "3", 4, 5]],
    },
    "Huge numbers": {
      "x_data": [[-1e308, 0, 1e308]],
      "y_data": [[1e-300, 2e-300, 1e-300]],
    },
  };
}

function range(length: number): number[] {
  return Array.from({ length }, (_, index) => index);
}
