"""Computes what `standcloud stats --json` prints, from the same paths and flags, by itself.

Prints one event a line. An `example` is here a list of all the sources that could be named, and
`examples` of a warning are left out.
"""

import json
import sys
from argparse import ArgumentParser

from factory import Factory, Options, grouped, span_of
from failures import cases, failures
from measurements import measurements
from runs import STATUSES, utc
from yields import unit_events, yields

TEXTS = ("part_number", "serial_number", "stand", "batch", "process", "operator")


def main():
    factory = Factory(options())
    found = list(measurements(factory))
    events = [*yields(factory), *failures(factory), *cases(factory), *found, *unit_events(factory)]
    events += warnings(factory, found)
    events.append(totals(factory, found))
    for event in events:
        print(json.dumps(event))


def options():
    parser = ArgumentParser()
    parser.add_argument("paths", nargs="+")
    parser.add_argument("--by", default="stand")
    parser.add_argument("--timezone")
    parser.add_argument("--all-attempts", action="store_true")
    parser.add_argument("--manual", action="store_true")
    parser.add_argument("--since")
    parser.add_argument("--until")
    for name in TEXTS:
        parser.add_argument(f"--{name.replace('_', '-')}", action="append")
    given = parser.parse_args()
    texts = {name: getattr(given, name) for name in TEXTS if getattr(given, name)}
    return Options(
        paths=given.paths,
        by=given.by,
        zone=given.timezone,
        all_attempts=given.all_attempts,
        manual=given.manual,
        since=given.since,
        until=given.until,
        texts={name: {one or None for one in accepted} for name, accepted in texts.items()},
    )


def warnings(factory, found):
    numeric = [event for event in found if event["kind"] == "numeric"]
    names = grouped(factory.fitting, lambda run: (run.part_number, run.process)).values()
    stands = grouped((run for run in factory.fitting if run.stand_name), lambda run: run.stand_name).values()
    counts = {code: count for code, count in factory.left_out.items() if code != "filtered"}
    counts |= {
        "copies": len(factory.copies),
        "no_serial_number": sum(run.has_verdict and run.serial_number is None for run in factory.fitting),
        "stopped_first": sum(unit.stopped_first for unit in factory.units),
        "failed_after_pass": sum(unit.failed_after_pass for unit in factory.units),
        "mixed_plans": sum(len({run.name for run in runs} - {None}) > 1 for runs in names),
        "shared_stand_name": sum(len({run.hw_id for run in runs} - {None}) > 1 for runs in stands),
        "no_stand_name": sum(run.stand_name is None for run in factory.fitting),
        "limits_changed": sum(one["limit_set"] == 2 for one in numeric),
        "limits_vary": sum(one["verdict"] == "limits_vary" for one in numeric),
        "unit_changed": changed_units(numeric),
    }
    return [{"event": "warning", "code": code, "count": count} for code, count in counts.items() if count]


def changed_units(numeric):
    same = ("part_number", "process", "module", "case", "name", "index")
    groups = grouped(numeric, lambda one: tuple(one[key] for key in same)).values()
    return sum(len({one["unit"] for one in some}) > 1 for some in groups)


def totals(factory, found):
    runs, sample = factory.fitting, factory.sample
    first, last = span_of([run.time for run in runs])
    return {
        "event": "stats",
        "documents": factory.documents,
        "copies": len(factory.copies),
        "runs": len(runs),
        **{status: sum(run.status == status for run in runs) for status in STATUSES},
        "left_out": factory.left_out,
        "units": len({(unit.first.part_number, unit.first.serial_number) for unit in factory.units}),
        "part_numbers": len({run.part_number for run in runs} - {None}),
        "processes": len({run.process for run in runs} - {None}),
        "stands": len({run.stand for run in runs} - {None}),
        "measurements": len(found),
        "sample": "all_attempts" if factory.options.all_attempts else "first_attempts",
        "sample_runs": len(sample),
        "first_time": utc(first),
        "last_time": utc(last),
        "bytes": factory.bytes,
    }


if __name__ == "__main__":
    sys.exit(main())
