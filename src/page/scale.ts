/** An axis: where a number lies between its ends, and which numbers to write beside it. */
export interface Scale {
  readonly isLog: boolean;
  /** 0 at the lower end, 1 at the upper one. */
  at(value: number): number;
  readonly ticks: readonly Tick[];
}

export interface Tick {
  readonly at: number;
  readonly text: string;
}

/** @param count how many ticks there is room for. */
export function linearScale(
  [low, high]: readonly [number, number],
  count: number,
): Scale {
  const span = high - low;
  // The difference of two huge numbers may not be a number, that of their halves is.
  const at = Number.isFinite(span)
    ? (value: number) => (value - low) / span
    : (value: number) => (value / 2 - low / 2) / (high / 2 - low / 2);
  return {
    isLog: false,
    at,
    ticks: linearTicks(low, high, count)
      .map(({ value, text }) => ({ at: at(value), text })),
  };
}

/** @param low above zero. */
export function logScale(
  [low, high]: readonly [number, number],
  count: number,
): Scale {
  const [a, b] = [Math.log10(low), Math.log10(high)];
  const at = (value: number) => (Math.log10(value) - a) / (b - a);
  return {
    isLog: true,
    at,
    ticks: logTicks(low, high, count)
      .map((value) => ({ at: at(value), text: numberText(value) })),
  };
}

/** A range with room around its numbers, never empty. */
export function widened(
  [low, high]: readonly [number, number],
  { isLog, share }: { isLog: boolean; share: number },
): [number, number] {
  if (isLog) {
    const [a, b] = [Math.log10(low), Math.log10(high)];
    const room = a === b ? 1 : (b - a) * share;
    return [
      Math.max(10 ** (a - room), Number.MIN_VALUE),
      Math.min(10 ** (b + room), Number.MAX_VALUE),
    ];
  }
  const room = low === high
    ? Math.abs(low) * 0.1 || 1
    : (high / 2 - low / 2) * 2 * share;
  const limit = Number.MAX_VALUE;
  return [Math.max(low - room, -limit), Math.min(high + room, limit)];
}

interface LinearTick {
  readonly value: number;
  readonly text: string;
}

/** Multiples of 1, 2 or 5 times a power of ten. */
export function linearTicks(
  low: number,
  high: number,
  count: number,
): LinearTick[] {
  const raw = high / count - low / count;
  const exponent = Math.floor(Math.log10(raw));
  const power = 10 ** exponent;
  const step = ([1, 2, 5].find((one) => one * power >= raw * 0.999) ?? 10) *
    power;
  if (!(step > 0) || !Number.isFinite(step)) return [];
  const ticks: LinearTick[] = [];
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  for (let index = first; index <= last && ticks.length <= 2 * count; index++) {
    const value = index * step;
    const text = isPlain(Math.max(Math.abs(low), Math.abs(high)), step)
      ? value.toFixed(Math.min(decimals, 20))
      : numberText(Number(value.toPrecision(12)));
    ticks.push({ value, text: text.replace(/^-(0(?:\.0+)?)$/, "$1") });
    // Beyond 2^53 counting up no longer changes the number.
    if (index + 1 === index) break;
  }
  return ticks;
}

function isPlain(largest: number, step: number): boolean {
  return largest < 1e6 && step >= 1e-5;
}

/** Powers of ten; with less than two of them also their 2 and 5 fold. */
export function logTicks(low: number, high: number, count: number): number[] {
  const first = Math.ceil(Math.log10(low) - 1e-9);
  const last = Math.floor(Math.log10(high) + 1e-9);
  const stride = Math.max(1, Math.ceil((last - first + 1) / count));
  const powers: number[] = [];
  for (let exponent = first; exponent <= last; exponent += stride) {
    powers.push(Number(`1e${exponent}`));
  }
  if (powers.length >= 2) return powers;
  const between = [first - 1, first].flatMap((exponent) =>
    [1, 2, 5].map((factor) => Number(`${factor}e${exponent}`))
  ).filter((value) => value >= low && value <= high);
  return between.length >= 2
    ? between
    : linearTicks(low, high, count).map(({ value }) => value);
}

const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** Short: `2500`, `0.02`, `10⁶`, `2.5·10⁻⁷`. */
export function numberText(value: number): string {
  const size = Math.abs(value);
  if (value === 0 || (size >= 1e-3 && size < 1e5)) {
    return String(Number(value.toPrecision(6)));
  }
  const [mantissa = "", exponent = ""] = value.toExponential().split("e");
  const power = exponent.replace("+", "").replace("-", "⁻")
    .replace(/\d/g, (digit) => SUPERSCRIPTS.charAt(Number(digit)));
  const factor = Number(Number(mantissa).toPrecision(6));
  if (factor === 1) return `10${power}`;
  return factor === -1 ? `−10${power}` : `${factor}·10${power}`;
}
