"""Yields of units and runs."""

import math

from exact import durations, wilson
from factory import grouped, span_of
from runs import STATUSES, sortable, utc


def yields(factory):
    plain = grouped(factory.fitting, line)
    for key, runs in plain.items():
        yield event(factory, key, None, runs, line)
    by = factory.options.by
    keys = {
        "process": lambda run: (None, run.process, run.process),
        "part-number": lambda run: (run.part_number, None, run.part_number),
    }
    of = keys.get(by, lambda run: (*line(run)[:2], factory.group(run)))
    for key, runs in grouped(factory.fitting, of).items():
        yield event(factory, key, by, runs, of)


def line(run):
    return (run.part_number, run.process, None)


def event(factory, key, by, runs, of):
    units = [unit for unit in factory.units if of(unit.first) == key]
    undecided = [unit for unit in factory.undecided if of(unit.first) == key]
    part_number, process, group = key
    first, last = span_of([run.time for run in runs])
    statuses = {status: sum(run.status == status for run in runs) for status in STATUSES}
    verdicts = [run for run in runs if run.has_verdict]
    found = {
        "event": "yield",
        "by": by,
        "group": group,
        "part_number": part_number,
        "process": process,
        "part_numbers": len({run.part_number for run in runs} - {None}),
        "processes": len({run.process for run in runs} - {None}),
        "first_time": utc(first),
        "last_time": utc(last),
        "runs": len(runs),
        **statuses,
        "run_yield": statuses["passed"] / len(verdicts) if verdicts else None,
        "runs_without_serial_number": sum(run.serial_number is None for run in verdicts),
        **of_units(units, undecided),
        "rty": None,
        "duration": durations([run.duration for run in runs if run.status == "passed"]),
    }
    if by == "part-number":
        for name in of_units([], []):
            found[name] = None
        found["units"] = len({unit.first.serial_number for unit in units})
        found["rty"] = rolled(units)
    return found


def of_units(units, undecided):
    n = len(units)
    passed_first = sum(unit.passed[0] for unit in units)
    low, high = wilson(passed_first, n)

    def rate(count):
        return count / n if n else None

    def within(attempts):
        return rate(sum(any(unit.passed[:attempts]) for unit in units))

    retested = sum(len(unit.attempts) > 1 for unit in units)
    return {
        "units": n,
        "units_passed_first": passed_first,
        "fpy": rate(passed_first),
        "fpy_low": low,
        "fpy_high": high,
        "spy": within(2),
        "tpy": within(3),
        "lpy": within(None),
        "final_yield": rate(sum(unit.passed[-1] for unit in units)),
        "failed_after_pass": sum(unit.failed_after_pass for unit in units),
        "retested_units": retested,
        "retest_rate": rate(retested),
        "attempts_per_unit": rate(sum(len(unit.attempts) for unit in units)),
        "stopped_first": sum(unit.stopped_first for unit in units),
        "undecided_units": len(undecided),
    }


def rolled(units):
    """Product of the first pass yields of the processes."""
    lines = grouped(units, lambda unit: unit.first.process).values()
    rates = [sum(unit.passed[0] for unit in units) / len(units) for units in lines]
    return math.prod(rates) if rates else None


def unit_events(factory):
    for unit in factory.units:
        attempts = unit.attempts
        if len(attempts) == 1 and unit.passed[0]:
            continue
        yield {
            "event": "unit",
            "part_number": unit.first.part_number,
            "process": unit.first.process,
            "serial_number": unit.first.serial_number,
            "state": state(unit),
            "attempts": len(attempts),
            "runs": len(unit.runs),
            "first_status": attempts[0].status,
            "last_status": attempts[-1].status,
            "first_time": utc(min(run.time for run in attempts)),
            "last_time": utc(max(run.time for run in attempts)),
            "stands": sorted({run.stand for run in attempts}, key=sortable),
        }


def state(unit):
    if not any(unit.passed):
        return "not_passed"
    if not unit.passed[-1]:
        return "failed_after_pass"
    return "retested_after_pass" if unit.passed[0] else "passed_on_retest"
