"""Numbers of a series, from sums without any rounding; each is rounded once, at its end."""

import math
import statistics
from fractions import Fraction

Z = 1.959963984540054


def stdev(values):
    return statistics.stdev(values) if len(values) > 1 else None


def mean(values):
    return float(sum(map(Fraction, values)) / len(values)) if values else None


def median(values):
    """Of two middle values the mean."""
    if not values:
        return None
    ordered = sorted(values)
    middle = ordered[(len(values) - 1) // 2], ordered[len(values) // 2]
    return float(sum(map(Fraction, middle)) / 2)


def moving_sigma(series):
    """Mean moving range of all series together, over 1.128."""
    steps = [abs(Fraction(b) - Fraction(a)) for values in series for a, b in zip(values, values[1:])]
    return float(sum(steps) / len(steps) / Fraction("1.128")) if steps else None


def summary(values):
    return {
        "n": len(values),
        "min": min(values, default=None),
        "max": max(values, default=None),
        "mean": mean(values),
        "median": median(values),
        "stdev": stdev(values),
    }


def durations(values):
    values = sorted(one for one in values if one is not None)
    rank = -(-95 * len(values) // 100)
    return {
        "n": len(values),
        "min": min(values, default=None),
        "median": median(values),
        "mean": mean(values),
        "p95": values[rank - 1] if values else None,
        "max": max(values, default=None),
    }


def wilson(hits, n):
    """The two shares whose distance from the one seen is z of their own standard errors.

    Found by bisection of that very condition, not by the closed formula.
    """
    if n == 0:
        return None, None

    def excess(share):
        return (hits / n - share) ** 2 - Z**2 * share * (1 - share) / n

    low = 0.0 if hits == 0 else bisect(excess, hits / n, 0.0)
    high = 1.0 if hits == n else bisect(excess, hits / n, 1.0)
    return low, high


def bisect(excess, inside, outside):
    for _ in range(200):
        middle = (inside + outside) / 2
        if excess(middle) < 0:
            inside = middle
        else:
            outside = middle
    return (inside + outside) / 2


def index_interval(index, n):
    """Bissell 1990."""
    if index is None:
        return None, None
    half = Z * math.sqrt(1 / (9 * n) + index**2 / (2 * (n - 1)))
    return index - half, index + half
