"""Cases that pass, fail, skip, and try again, with measurements and charts where HardPy has them."""

import draw
import hardpy
import pytest


def measurement(random):
    operations = list(hardpy.ComparisonOperation)
    operation = random.choice([None, *operations])
    options = {"name": draw.text(random)} if draw.maybe(random) else {}
    if draw.maybe(random, 0.3):
        if operation in (hardpy.ComparisonOperation.EQ, hardpy.ComparisonOperation.NE):
            options |= {"operation": operation, "comparison_value": draw.text(random)}
        return hardpy.StringMeasurement(
            value=draw.text(random), casesensitive=draw.maybe(random), **options
        )
    if draw.maybe(random):
        options["unit"] = draw.text(random)
    if operation in operations[:6]:
        options |= {"operation": operation, "comparison_value": random.choice(draw.NUMBERS)}
    elif operation is not None:
        limits = sorted(random.sample(draw.NUMBERS, 2))
        options |= {"operation": operation, "lower_limit": limits[0], "upper_limit": limits[1]}
    return hardpy.NumericMeasurement(value=random.choice(draw.NUMBERS), **options)


def chart(random):
    made = hardpy.Chart(type=random.choice(list(hardpy.ChartType)))
    for _ in range(random.randint(1, 3)):
        values = [random.choice(draw.NUMBERS) for _ in range(random.randint(1, 4))]
        made.add_series(values, values[::-1], *(["series"] if draw.maybe(random) else []))
    return made


@pytest.mark.parametrize("number", range(4))
def test_measure(number):
    random = draw.random_of(f"measure {number}")
    if hasattr(hardpy, "NumericMeasurement"):
        for _ in range(random.randint(0, 3)):
            hardpy.set_case_measurement(measurement(random))
        if draw.maybe(random, 0.4):
            hardpy.set_case_chart(chart(random))
    if draw.maybe(random):
        draw.call("set_message", draw.text(random), *(["key"] if draw.maybe(random) else []))
    if draw.maybe(random, 0.4):
        draw.call("set_case_artifact", draw.free_object(random))
    if draw.maybe(random, 0.3):
        draw.call("set_module_artifact", draw.free_object(random))
    if draw.maybe(random, 0.2):
        pytest.skip(draw.text(random))
    if hasattr(hardpy, "ErrorCode"):
        assert draw.maybe(random, 0.85), hardpy.ErrorCode(number, "größte")
    assert draw.maybe(random, 0.85), draw.text(random)


def test_fixture(broken):
    pass


@pytest.mark.dependency("test_2_measure::test_fixture")
def test_depends():
    pass


@pytest.mark.xfail(reason="known")
def test_expected():
    assert draw.maybe(draw.random_of("expected"))
