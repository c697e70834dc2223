"""Measurements: which entries belong together, and what their numbers say."""

import math

from drift import charts
from exact import index_interval, mean, median, moving_sigma, stdev, summary
from factory import grouped, span_of
from runs import number, sortable, text, utc

FEWEST = 25
MOST_SETS = 20
INSIDE = {"gtlt": (">", "<"), "gele": (">=", "<="), "gelt": (">=", "<"), "gtle": (">", "<=")}
OUTSIDE = {"ltgt": ("<", ">"), "lege": ("<=", ">="), "legt": ("<=", ">"), "ltge": ("<", ">=")}
ONE_SIDED = {"gt": ">", "ge": ">=", "lt": "<", "le": "<=", "eq": "==", "ne": "!="}
INDICES = ("cp", "cpk", "cpk_low", "cpk_high", "pp", "ppk", "ppk_low", "ppk_high")


class Entry:
    """One measurement in one run."""

    def __init__(self, run, case, fields):
        value = fields.get("value")
        is_text = isinstance(value, str) or (value is None and fields.get("type") == "string")
        self.run = run
        self.case = case
        self.kind = "string" if is_text else "numeric"
        self.value = value if isinstance(value, str) else number(value)
        self.name = text(fields.get("name"))
        self.unit = text(fields.get("unit"))
        self.result = fields.get("result")
        self.operation = text(fields.get("operation"))
        self.lower = number(fields.get("lower_limit"))
        self.upper = number(fields.get("upper_limit"))
        comparison = fields.get("comparison_value")
        self.comparison = comparison if isinstance(comparison, str) else number(comparison)

    @property
    def limit_set(self):
        if self.operation in ("eq", "ne"):
            return (self.operation, None, None, None)
        return (self.operation, self.lower, self.upper, self.comparison)

    @property
    def is_outside(self):
        return not allows(self, self.value)


def allows(limits, value):
    """A limit that is missing allows all."""

    def holds(sign, limit):
        if not isinstance(limit, float):
            return True
        signs = {
            ">": value > limit,
            ">=": value >= limit,
            "<": value < limit,
            "<=": value <= limit,
            "==": value == limit,
            "!=": value != limit,
        }
        return signs[sign]

    if limits.operation in ONE_SIDED:
        return holds(ONE_SIDED[limits.operation], limits.comparison)
    if limits.operation in OUTSIDE:
        low, high = OUTSIDE[limits.operation]
        return holds(low, limits.lower) or holds(high, limits.upper)
    low, high = INSIDE.get(limits.operation, (">=", "<="))
    return holds(low, limits.lower) and holds(high, limits.upper)


def entries_of(run):
    for case in run.cases:
        seen = {}
        for fields in case.measurements:
            entry = Entry(run, case, fields)
            same = (entry.name, entry.unit, entry.kind)
            seen[same] = entry.index = seen.get(same, 0) + 1
            yield entry


def identity(entry):
    run, case = entry.run, entry.case
    line = (run.part_number, run.process, case.module, case.key)
    return (*line, entry.name, entry.index, entry.unit, entry.kind)


def limit_sets(entries, kind):
    """The newest first, each with its entries; all in one where the limits belong to the unit."""
    sets = grouped(entries, lambda entry: entry.limit_set)
    if kind == "numeric" and len(sets) > MOST_SETS:
        return len(sets), [(None, entries)]
    positions = {id(entry): position for position, entry in enumerate(entries)}
    newest = sorted(sets.items(), key=lambda item: -positions[id(item[1][-1])])
    return len(sets), newest


def measurements(factory):
    sample = factory.sample
    lists = {}
    for run in sample:
        for case in run.cases:
            lists.setdefault((run.part_number, run.process, *case.name), []).append(run)
    entries = [entry for run in sample for entry in entries_of(run)]
    for key, some in grouped(entries, identity).items():
        count, sets = limit_sets(some, key[-1])
        absent = len(lists[key[:4]]) - len({id(entry.run) for entry in some})
        for number_of_set, (limits, entries_of_set) in enumerate(sets, 1):
            first, last = span_of([entry.run.time for entry in entries_of_set])
            yield {
                "event": "measurement",
                **dict(zip(("part_number", "process", "module", "case"), key)),
                **dict(zip(("name", "index", "unit", "kind"), key[4:])),
                "limits": limits and shown(limits, entries_of_set),
                "limit_set": number_of_set,
                "limit_sets": count,
                "sample": "all_attempts" if factory.options.all_attempts else "first_attempts",
                "first_time": utc(first),
                "last_time": utc(last),
                "absent": absent,
                "missing": sum(entry.value is None for entry in entries_of_set),
                "failed": sum(entry.result is False for entry in entries_of_set),
                "unjudged": sum(not isinstance(entry.result, bool) for entry in entries_of_set),
                **figures(key[-1], limits, [one for one in entries_of_set if one.value is not None]),
            }


def shown(limits, entries):
    """Of `eq` and `ne` what is compared, where it is always the same."""
    operation, lower, upper, comparison = limits
    if operation in ("eq", "ne"):
        compared = {entry.comparison for entry in entries}
        comparison = compared.pop() if len(compared) == 1 else None
    return {"operation": operation, "lower": lower, "upper": upper, "comparison": comparison}


def figures(kind, limits, entries):
    found = dict.fromkeys((*INDICES, "sigma_within", "stands", "worst_pair", "drift", "outside"))
    if kind == "string":
        return {**found, **summary([]), "n": len(entries), "verdict": "pass_fail_only"}
    values = [entry.value for entry in entries]
    found |= summary(values)
    found["outside"] = sum(entry.is_outside for entry in entries)
    operation = limits and limits[0]
    if operation in ("eq", "ne") or operation in OUTSIDE:
        return {**found, "verdict": "pass_fail_only"}
    by_stand = dict(sorted(grouped(entries, lambda one: one.run.stand).items(), key=lambda item: sortable(item[0])))
    series = {stand: [one.value for one in some] for stand, some in by_stand.items()}
    found["sigma_within"] = moving_sigma(series.values())
    lower, upper = bounds(limits)
    if len(series) > 1:
        found["stands"] = [{"stand": stand, **summary(some)} for stand, some in series.items()]
        found["worst_pair"] = worst_pair(series, lower, upper)
    found["drift"] = charts(by_stand)
    return found | capability(found, limits, lower, upper)


def bounds(limits):
    if limits is None:
        return None, None
    operation, lower, upper, comparison = limits
    comparison = comparison if isinstance(comparison, float) else None
    if operation in ("ge", "gt"):
        return comparison, None
    if operation in ("le", "lt"):
        return None, comparison
    return lower, upper


def capability(found, limits, lower, upper):
    if limits is None:
        return {"verdict": "limits_vary"}
    if lower is None and upper is None:
        return {"verdict": "no_limits"}
    if lower is not None and upper is not None and lower >= upper:
        return {"verdict": "limits_contradict"}
    n = found["n"]
    if n < FEWEST:
        return {"verdict": "too_few"}
    cp, cpk = indices(found["mean"], found["sigma_within"], lower, upper)
    pp, ppk = indices(found["mean"], found["stdev"], lower, upper)
    values = (cp, cpk, *index_interval(cpk, n), pp, ppk, *index_interval(ppk, n))
    if ppk is None:
        verdict = "no_spread"
    else:
        verdict = "capable" if ppk >= 1.33 else "marginal" if ppk >= 1 else "not_capable"
    return {**dict(zip(INDICES, values)), "verdict": verdict}


def indices(centre, sigma, lower, upper):
    if not sigma:
        return None, None
    sides = [] if upper is None else [upper - centre]
    sides += [] if lower is None else [centre - lower]
    width = None if None in (lower, upper) else (upper - lower) / (6 * sigma)
    return width, min(sides) / (3 * sigma)


def worst_pair(series, lower, upper):
    large = [(stand, values) for stand, values in series.items() if len(values) >= FEWEST]
    if len(large) < 2:
        return None
    means = [mean(values) for _, values in large]
    high = means.index(max(means))
    others = [place for place in range(len(large)) if place != high]
    low = min(others, key=lambda place: means[place])
    (high_stand, a), (low_stand, b) = large[high], large[low]
    difference, medians = means[high] - means[low], median(a) - median(b)
    error = math.sqrt(stdev(a) ** 2 / len(a) + stdev(b) ** 2 / len(b))
    t = difference / error if error else None
    has_tolerance = None not in (lower, upper) and lower < upper
    agrees = difference > 0 and medians >= difference / 2
    return {
        "high": high_stand,
        "low": low_stand,
        "n_high": len(a),
        "n_low": len(b),
        "difference": difference,
        "median_difference": medians,
        "t": t,
        "share_of_tolerance": difference / (upper - lower) if has_tolerance else None,
        "agrees": agrees,
        "signal": agrees and (t is None or t >= 4),
    }
