"""Which cases fail, with which codes and messages; and what all cases did."""

import re

from exact import durations
from factory import grouped, span_of
from runs import SPACE, STATUSES, fields, missing_first, sortable, span, utc

HEX = "[0-9a-fA-F]"
REPLACED = [
    (r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?", "<time>"),
    (f"{HEX}{{8}}-{HEX}{{4}}-{HEX}{{4}}-{HEX}{{4}}-{HEX}{{12}}", "<id>"),
    (r"0[xX][0-9a-fA-F]+", "<hex>"),
    (r"(?<![A-Za-z0-9_.])[+-]?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?", "<n>"),
    (r"[ \t\v\f]+", " "),
]


def cause_of(run):
    broken = [case for case in run.cases if case.status in ("failed", "error")]
    named = run.value.get("caused_dut_failure_id")
    for case in broken:
        if f"{case.module}::{case.key}" == named:
            return case
    return broken[0] if broken else None


def fingerprint(run, cause):
    if cause is None:
        return None
    texts = [cause.value.get("assertion_msg"), *fields(cause.value.get("msg")).values()]
    texts = [one for one in texts if isinstance(one, str) and one.strip(SPACE)]
    if not texts:
        return None
    line = next(one.strip(SPACE) for one in texts[0].split("\n") if one.strip(SPACE))
    if run.serial_number is not None and len(run.serial_number) >= 4:
        line = line.replace(run.serial_number, "<serial>")
    for pattern, name in REPLACED:
        line = re.sub(pattern, name, line)
    return line[:120]


def failures(factory):
    firsts = {id(unit.first) for unit in factory.units}
    failing = [run for run in factory.fitting if run.status in ("failed", "error")]
    for (part_number, process), runs in grouped(failing, lambda run: (run.part_number, run.process)).items():
        for by, key in RANKINGS.items():
            ranked = sorted(grouped(runs, key).items(), key=rank)
            seen = 0
            for (module, case, code, message), some in ranked:
                seen += len(some)
                first, last = span_of([run.time for run in some])
                yield {
                    "event": "failure",
                    "by": by,
                    "part_number": part_number,
                    "process": process,
                    "module": module,
                    "case": case,
                    "error_code": code,
                    "message": message,
                    "runs": len(some),
                    "units": len({run.serial_number for run in some} - {None}),
                    "first_attempts": sum(id(run) in firsts for run in some),
                    "share": len(some) / len(runs),
                    "cumulative": seen / len(runs),
                    "first_time": utc(first),
                    "last_time": utc(last),
                    "example": sorted(run.source for run in some),
                }


def by_case(run):
    cause = cause_of(run)
    return (None, None, None, None) if cause is None else (*cause.name, None, None)


def by_message(run):
    return (*by_case(run)[:3], fingerprint(run, cause_of(run)))


RANKINGS = {
    "case": by_case,
    "error_code": lambda run: (None, None, run.error_code, None),
    "message": by_message,
}


def rank(item):
    (module, case, code, message), runs = item
    return (-len(runs), sortable(module), sortable(case), missing_first(code), sortable(message))


def cases(factory):
    listed = [(run, case) for run in factory.fitting for case in run.cases]
    groups = grouped(listed, lambda one: (one[0].part_number, one[0].process, *one[1].name))
    for (part_number, process, module, key), some in groups.items():
        executions = [case for _, case in some]
        yield {
            "event": "case",
            "part_number": part_number,
            "process": process,
            "module": module,
            "case": key,
            "runs": len(some),
            **{status: sum(case.status == status for case in executions) for status in STATUSES},
            "retried": sum(case.attempt > 1 for case in executions),
            "attempts_max": max(case.attempt for case in executions),
            "duration": durations([span(case.value) for case in executions]),
        }
