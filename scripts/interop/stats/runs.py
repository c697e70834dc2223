"""A run as the definitions see it: its texts, times, cases, and what makes two documents one run."""

import math
from datetime import datetime, timezone
from zoneinfo import ZoneInfo

from documents import code_units

SPACE = " \t\r\n\v\f"
VERDICTS = ("passed", "failed", "error")
STATUSES = (*VERDICTS, "stopped", "skipped")
PLACEHOLDERS = {"unknown", "none", "null", "n/a", "na", "-", "test", "tbd", "todo", "default"}


def number(value):
    """A finite JSON number as a double, else None. True and texts are no numbers."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    try:
        value = float(value)
    except OverflowError:
        return None
    return value if math.isfinite(value) else None


def text(value):
    if not isinstance(value, str):
        return None
    return value.strip(SPACE) or None


def named(value):
    """HardPy 0.16+ writes "unknown" for a missing name."""
    value = text(value)
    return None if value and value.lower() == "unknown" else value


def serial(value):
    value = text(value)
    return None if value and value.lower() in PLACEHOLDERS else value


def fields(value):
    return value if isinstance(value, dict) else {}


def entries(value):
    return value if isinstance(value, list) else []


def span(one):
    """Seconds from start to stop; None without both, or where the clock went back."""
    start, stop = number(one.get("start_time")), number(one.get("stop_time"))
    if start is None or stop is None or stop < start:
        return None
    return stop - start


class Case:
    def __init__(self, module, key, value):
        self.module, self.key, self.value = module, key, value
        self.status = value.get("status")
        self.attempt = number(value.get("attempt")) or 0
        self.measurements = [fields(one) for one in entries(value.get("measurements"))]

    @property
    def name(self):
        return (self.module, self.key)


class Run:
    def __init__(self, source, value, place):
        stand, dut, process = (fields(value.get(key)) for key in ("test_stand", "dut", "process"))
        self.source, self.value, self.place = source, value, place
        self.status = value.get("status")
        self.start = number(value.get("start_time"))
        self.stop = number(value.get("stop_time"))
        self.name = text(value.get("name"))
        self.hw_id = text(stand.get("hw_id"))
        self.serial_number = serial(dut.get("serial_number"))
        self.part_number = named(dut.get("part_number"))
        self.stand_name = named(stand.get("name"))
        self.stand = self.stand_name or self.hw_id
        self.process = text(process.get("name")) or process_number(process) or self.name
        self.batch = text(value.get("batch_serial_number"))
        self.operator = text(value.get("user"))
        self.error_code = number(value.get("error_code"))
        self.own_timezone = text(stand.get("timezone"))
        self.cases = [
            Case(module, key, fields(case))
            for module, inner in fields(value.get("modules")).items()
            for key, case in fields(fields(inner).get("cases")).items()
        ]
        self.duration = span(value)

    @property
    def time(self):
        return self.stop if self.start is None else self.start

    @property
    def has_verdict(self):
        return self.status in VERDICTS

    @property
    def is_manual(self):
        return isinstance(self.value.get("name"), str) and self.name.endswith(" Manual mode")

    @property
    def unit(self):
        """Which unit this is an attempt of; None without a serial number."""
        if self.serial_number is None:
            return None
        return (self.part_number, self.process, self.serial_number)

    @property
    def order(self):
        numbers = [missing_first(one) for one in (self.start, self.stop)]
        texts = [sortable(one) for one in (self.stand, self.serial_number)]
        return (*numbers, *texts, self.place)

    def day(self, zone):
        at = local(self.time, zone or self.own_timezone)
        return at and f"{at:%Y-%m-%d}"

    def week(self, zone):
        at = local(self.time, zone or self.own_timezone)
        return at and "{:04d}-W{:02d}".format(*at.isocalendar())


def process_number(process):
    value = number(process.get("number"))
    if value is None:
        return None
    return f"#{int(value)}" if value == int(value) else f"#{value}"


def missing_first(value):
    return (0, 0) if value is None else (1, value)


def sortable(value):
    return (0, b"") if value is None else (1, code_units(value))


def local(seconds, zone):
    """None outside the years 1 to 9999."""
    try:
        zone = ZoneInfo(zone) if zone else timezone.utc
    except (KeyError, ValueError, OSError):
        zone = timezone.utc
    try:
        return datetime.fromtimestamp(math.floor(seconds), zone)
    except (ValueError, OverflowError, OSError):
        return None


def utc(seconds):
    """RFC 3339, whole seconds."""
    at = None if seconds is None else local(seconds, None)
    return at and f"{at:%Y-%m-%dT%H:%M:%SZ}"


def run_key(run):
    """What all stored forms of one run share."""
    facts = [run.value.get("start_time"), run.value.get("name"), fields(run.value.get("test_stand")).get("hw_id")]
    for case in run.cases:
        times = [case.value.get("start_time"), case.value.get("stop_time")]
        values = [one.get("value") for one in case.measurements]
        facts += [case.module, case.key, case.status, *times, case.attempt, len(values), *values]
    return tuple(exact(fact) for fact in facts)


def exact(value):
    """1 and 1.0 are one value, 1 and true are two."""
    return (isinstance(value, bool), number(value) if number(value) is not None else str(value))


def without_copies(runs):
    """The runs, each once: the copy that was read first; and the copies."""
    known, kept, copies = {}, [], []
    for run in runs:
        serials = known.setdefault(run_key(run), set())
        if serials and (run.serial_number is None or run.serial_number in serials):
            copies.append(run)
            continue
        serials.add(run.serial_number)
        kept.append(run)
    return kept, copies
