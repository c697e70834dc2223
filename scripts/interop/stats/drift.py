"""Individuals chart of each stand: three rules, and how likely a steady process shows the same."""

import math

from exact import mean, moving_sigma
from runs import utc

FEWEST = 25


def charts(by_stand):
    found = []
    for stand, entries in by_stand.items():
        values = [entry.value for entry in entries]
        if len(values) < FEWEST or min(values) == max(values):
            continue
        times = [entry.run.time for entry in entries]
        centre, sigma = mean(values), moving_sigma([values])
        distances = [(value - centre) / sigma for value in values]
        rules = [beyond(distances), one_side(distances), trending(values)]
        found.append({
            "stand": stand,
            "n": len(values),
            "centre": centre,
            "sigma": sigma,
            "rules": [with_times(rule, times) for rule in rules],
        })
    return found


def beyond(distances):
    n = len(distances)
    sides = [side(one, 3) for one in distances]
    fired = [place for place, one in enumerate(sides) if one is not None]
    k, m = len(fired), 0.0027 * n
    chance = math.exp(k - m + k * math.log(m / k)) if k > m else 1
    return rule("beyond_3_sigma", fired, longest_row(sides), chance)


def one_side(distances):
    n = len(distances)
    sides = [side(one, 0) for one in distances]
    fired = [p for p in range(7, n) if sides[p] is not None and len(set(sides[p - 7 : p + 1])) == 1]
    start, length, name = longest_row(sides)
    share = sides.count(name) / n
    return rule("eight_one_side", fired, (start, length, name), 2 * (n - length + 1) * share**length)


def trending(values):
    n = len(values)
    steps = ["up" if b > a else "down" if b < a else None for a, b in zip(values, values[1:])]
    # The sixth point ends the fifth step the same way.
    fired = [p + 1 for p in range(4, n - 1) if steps[p] is not None and len(set(steps[p - 4 : p + 1])) == 1]
    start, length, name = longest_row(steps)
    points = length + 1
    chance = math.exp(math.log(2 * (n - points + 1)) - math.lgamma(points + 1))
    return rule("six_trending", fired, (start, points, name), chance)


def side(distance, line):
    """Closer than a millionth of sigma to a line is on it."""
    if abs(abs(distance) - line) < 1e-6 or abs(distance) < line:
        return None
    return "above" if distance > 0 else "below"


def longest_row(marks):
    """Start, length and mark of the longest row of equal marks; the first of equal ones."""
    best = (None, 0, None)
    start = 0
    for place in range(1, len(marks) + 1):
        if place == len(marks) or marks[place] != marks[start]:
            if marks[start] is not None and place - start > best[1]:
                best = (start, place - start, marks[start])
            start = place
    return best


def rule(name, fired, row, chance):
    start, length, mark = row
    chance = min(chance, 1)
    return {
        "rule": name,
        "count": len(fired),
        "first_index": fired[0] + 1 if fired else None,
        "longest": length,
        "longest_from": start,
        "longest_side": mark,
        "chance": chance,
        "signal": len(fired) > 0 and chance < 0.001,
    }


def with_times(found, times):
    first, start = found["first_index"], found["longest_from"]
    found["first_time"] = None if first is None else utc(times[first - 1])
    found["longest_from"] = None if start is None else utc(times[start])
    return found
