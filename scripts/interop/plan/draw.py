"""Chooses what one run of this plan does: the same number gives the same run with every HardPy.

Functions that a HardPy does not have yet are passed over.
"""

import os
from random import Random

import hardpy

NUMBER = int(os.environ["INTEROP_RUN"])
TEXTS = ["PN-7", "größte", "", " ", "a/b \"c\"\n\td", "日本語", "null", "5", "😀"]
NUMBERS = [0, 1, -3, 3.0, 0.1, 1e-07, 2.5e20, 12345678901234567890, -0.0, 1 / 3]
WORDS = ["alpha", "beta", "gamma", "delta", "größe", "with space"]


def random_of(place):
    return Random(f"{NUMBER} {place}")


def call(name, *values):
    function = getattr(hardpy, name, None)
    if function is not None:
        function(*values)


def info(random):
    values = [*TEXTS, *NUMBERS, True, False]
    if hasattr(hardpy, "SubUnit"):
        # As the schema of 0.16 and later allows it.
        values.append(None if accepts_null() else "none")
    return {word: random.choice(values) for word in random.sample(WORDS, random.randint(0, 4))}


def accepts_null():
    return "part_number" in hardpy.Instrument.model_fields


def free(random, depth=0):
    kind = random.randint(0, 5 if depth < 3 else 3)
    if kind == 4:
        return [free(random, depth + 1) for _ in range(random.randint(0, 3))]
    if kind == 5:
        return {word: free(random, depth + 1) for word in random.sample(WORDS, random.randint(0, 3))}
    return random.choice([*TEXTS, *NUMBERS, True, False, None])


def free_object(random):
    return {word: free(random) for word in random.sample(WORDS, random.randint(0, 3))}


def maybe(random, chance=0.6):
    return random.random() < chance


def is_located_in_time():
    """Whether the location is set by a test; else after the run. Early HardPy takes it only once."""
    return maybe(random_of("location"))


def text(random):
    return random.choice(TEXTS)


def of_model(model, random, fields):
    """An object with some of the fields that this HardPy knows."""
    known = [key for key in fields if key in model.model_fields]
    chosen = {key: fields[key](random) for key in known if maybe(random)}
    return model(**chosen)
