"""What all the runs of the input say: which of them count, and the units that they are attempts of."""

from dataclasses import dataclass, field
from datetime import date, datetime

from documents import Reader
from runs import STATUSES, Run, without_copies

LEFT_OUT = ("unreadable", "not_json", "not_run", "unfinished", "no_time", "manual_mode", "filtered")


@dataclass
class Options:
    paths: list
    by: str = "stand"
    zone: str | None = None
    all_attempts: bool = False
    manual: bool = False
    since: str | None = None
    until: str | None = None
    # Flag to accepted texts; None is the missing one.
    texts: dict = field(default_factory=dict)


class Unit:
    """One serial number of a part number in a process."""

    def __init__(self, runs):
        self.runs = runs
        self.attempts = [run for run in runs if run.has_verdict]
        self.passed = [run.status == "passed" for run in self.attempts]

    @property
    def first(self):
        """The run that places the unit."""
        return (self.attempts or self.runs)[0]

    @property
    def is_decided(self):
        return bool(self.attempts)

    @property
    def stopped_first(self):
        return self.is_decided and not self.runs[0].has_verdict

    @property
    def failed_after_pass(self):
        return any(self.passed) and not self.passed[-1]


class Factory:
    def __init__(self, options):
        self.options = options
        self.left_out = dict.fromkeys(LEFT_OUT, 0)
        self.read()
        self.runs.sort(key=lambda run: run.order)
        by_unit = {}
        for run in self.runs:
            if run.unit is not None:
                by_unit.setdefault(run.unit, []).append(run)
        units = [Unit(runs) for runs in by_unit.values()]
        self.fitting = [run for run in self.runs if self.fits(run)]
        self.left_out["filtered"] = len(self.runs) - len(self.fitting)
        fitting = {id(run) for run in self.fitting}
        self.units = [unit for unit in units if unit.is_decided and id(unit.first) in fitting]
        self.undecided = [unit for unit in units if not unit.is_decided and id(unit.first) in fitting]

    def read(self):
        reader = Reader()
        self.documents, found = 0, []
        for document in reader.documents(self.options.paths):
            self.documents += 1
            if document.reason is not None:
                self.left_out[document.reason] += 1
                continue
            run = Run(document.source, document.run, self.documents)
            if run.status not in STATUSES:
                self.left_out["unfinished"] += 1
            elif run.time is None:
                self.left_out["no_time"] += 1
            else:
                found.append(run)
        self.bytes = reader.bytes
        kept, self.copies = without_copies(found)
        self.runs = [run for run in kept if self.options.manual or not run.is_manual]
        self.left_out["manual_mode"] += len(kept) - len(self.runs)

    def fits(self, run):
        options = self.options
        texts = {
            "part_number": run.part_number,
            "serial_number": run.serial_number,
            "stand": run.stand,
            "batch": run.batch,
            "process": run.process,
            "operator": run.operator,
        }
        if any(texts[flag] not in accepted for flag, accepted in options.texts.items()):
            return False
        return self.is_since(run) and self.is_until(run)

    def is_since(self, run):
        since = self.options.since
        if since is None:
            return True
        return run.day(self.options.zone) >= since if is_day(since) else run.time >= moment(since)

    def is_until(self, run):
        until = self.options.until
        if until is None:
            return True
        return run.day(self.options.zone) <= until if is_day(until) else run.time < moment(until)

    def group(self, run):
        """Where `--by` puts a run."""
        zone = self.options.zone
        groups = {
            "stand": lambda: run.stand,
            "day": lambda: run.day(zone),
            "week": lambda: run.week(zone),
            "batch": lambda: run.batch,
            "part-number": lambda: run.part_number,
            "operator": lambda: run.operator,
            "process": lambda: run.process,
        }
        return groups[self.options.by]()

    @property
    def sample(self):
        """The runs whose measurements count, in order."""
        if self.options.all_attempts:
            return [run for run in self.fitting if run.has_verdict]
        return sorted((unit.first for unit in self.units), key=lambda run: run.order)


def is_day(value):
    return len(value) == 10 and date.fromisoformat(value) is not None


def moment(value):
    return datetime.fromisoformat(value).timestamp()


def span_of(times):
    return min(times, default=None), max(times, default=None)


def grouped(items, key):
    groups = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return groups


