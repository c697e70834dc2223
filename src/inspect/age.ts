const UNITS: readonly [name: string, seconds: number][] = [
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
  ["second", 1],
];

/** `2 hours`: how long ago it was, in the largest unit that fits. */
export function ageText(since: Date, now: Date): string {
  const seconds = Math.max(0, (now.getTime() - since.getTime()) / 1000);
  const [name, size] = UNITS.find(([, size]) => seconds >= size) ??
    ["second", 1] as const;
  const count = Math.floor(seconds / size);
  return `${count} ${name}${count === 1 ? "" : "s"}`;
}
