"""Runs the pump; `fault=flow` blocks the water."""

import hardpy
import pytest
from hardpy import ChartType, ComparisonOperation

pytestmark = pytest.mark.module_name("Run")


@pytest.mark.parametrize("level", ["low", "mid", "full_speed", "größte"])
def test_speed(level):
    speed = hardpy.NumericMeasurement(
        name=f"Speed, {level}",
        value={"low": 900, "mid": 1800.5, "full_speed": 3600.0, "größte": 4.2e3}[level],
        unit="1/min",
        operation=ComparisonOperation.GELE,
        lower_limit=500,
        upper_limit=5000,
    )
    hardpy.set_case_measurement(speed)
    assert speed.result


@pytest.mark.case_name("Flow")
def test_flow(fault):
    chart = hardpy.Chart(
        type=ChartType.LINE_LOG_Y, title="Start-up", x_label="Time, s", y_label="Flow, l/min"
    )
    chart.add_series([0, 0.5, 1], [0.01, 3.4, 9.9], "inlet")
    chart.add_series([0, 0.5, 1], [0.01, 3.2, 9.7])
    hardpy.set_case_chart(chart)
    flow = hardpy.NumericMeasurement(
        name="Flow",
        value=0.0 if fault == "flow" else 9.9,
        unit="l/min",
        operation=ComparisonOperation.GTLT,
        lower_limit=9,
        upper_limit=11.5,
    )
    hardpy.set_case_measurement(flow)
    assert flow.result, hardpy.ErrorCode(17, "The water does not flow")


@pytest.mark.case_name("Self test text")
@pytest.mark.dependency("test_2_run::test_flow")
def test_text():
    answer = hardpy.StringMeasurement(
        name="Answer",
        value="OK 24 °C",
        operation=ComparisonOperation.EQ,
        comparison_value="ok 24 °c",
        casesensitive=False,
    )
    hardpy.set_case_measurement(answer)
    hardpy.set_message("Kühlung läuft", "cooling")
    hardpy.set_message("No key was given")
    hardpy.set_case_artifact({"boot": ["line 1", "line 2"], "counts": {"resets": 0}})
    hardpy.set_module_artifact({"ids": [18446744073709551615, 1e-07]})
    hardpy.set_run_artifact({"label": None})
    assert answer.result


def test_drivers():
    hardpy.set_driver_info({"relay": {"port": "COM4", "firmware": 3}})
