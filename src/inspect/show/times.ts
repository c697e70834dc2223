/** `1 min 5 s`; HardPy counts whole seconds, so a short one is `< 1 s`. */
export function durationText(
  start: number | undefined,
  stop: number | undefined,
): string | undefined {
  if (start === undefined || stop === undefined) return undefined;
  const seconds = Math.round(stop - start);
  if (!Number.isFinite(seconds) || seconds < 0) return undefined;
  if (seconds === 0) return "< 1 s";
  const parts = [
    [Math.floor(seconds / 86400), "d"],
    [Math.floor(seconds / 3600) % 24, "h"],
    [Math.floor(seconds / 60) % 60, "min"],
    [seconds % 60, "s"],
  ] as const;
  return parts.filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(" ");
}

/**
 * Seconds since 1970 as `2026-11-22 14:14:14 Europe/Berlin`: the stand's own
 * time when its zone is one that exists, else UTC.
 */
export function timeText(seconds: number, zone: string | undefined): string {
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) return `${seconds} s since 1970`;
  const local = zone === undefined ? undefined : inZone(date, zone);
  return local ?? `${inZone(date, "UTC")}`;
}

function inZone(date: Date, zone: string): string | undefined {
  // An offset such as +02:00 is no zone of the IANA.
  if (!/^[A-Za-z]/.test(zone)) return undefined;
  try {
    const format = new Intl.DateTimeFormat("sv-SE", {
      timeZone: zone,
      dateStyle: "short",
      timeStyle: "medium",
    });
    return `${format.format(date)} ${zone}`;
  } catch {
    return undefined;
  }
}
