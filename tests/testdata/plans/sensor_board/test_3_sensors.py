"""Checks both sensors; `fault=humidity` breaks one of them."""

import hardpy
import pytest
from hardpy import ChartType, ComparisonOperation

pytestmark = pytest.mark.module_name("Sensors")


@pytest.mark.case_name("Temperature step")
def test_temperature():
    step = hardpy.Chart(
        type=ChartType.LINE,
        title="Temperature after a step",
        x_label="Time, s",
        y_label="Temperature, °C",
    )
    step.add_series([0, 1, 2, 3, 4, 5], [-10.0, 4.1, 14.6, 20.2, 23.4, 25.0])
    hardpy.set_case_chart(step)
    final = hardpy.NumericMeasurement(
        name="Final temperature",
        value=25.0,
        unit="°C",
        operation=ComparisonOperation.GTLT,
        lower_limit=24.5,
        upper_limit=25.5,
    )
    hardpy.set_case_measurement(final)
    assert final.result


@pytest.mark.case_name("Filter response")
def test_filter():
    response = hardpy.Chart(
        type=ChartType.LINE_LOG_X,
        title="Filter response",
        x_label="Frequency, Hz",
        y_label="Gain, dB",
    )
    response.add_series([10, 100, 1000, 10000], [0.0, -0.1, -3.0, -19.8], "Channel A")
    response.add_series([10, 100, 1000, 10000], [0.0, -0.2, -3.2, -20.4], "Channel B")
    hardpy.set_case_chart(response)


@pytest.mark.case_name("Humidity reading")
def test_humidity(fault):
    reading = hardpy.NumericMeasurement(
        name="Relative humidity",
        value=0.0 if fault == "humidity" else 44.6,
        unit="%",
        operation=ComparisonOperation.GELE,
        lower_limit=40,
        upper_limit=50,
    )
    status = hardpy.StringMeasurement(
        name="Sensor status",
        value="no answer" if fault == "humidity" else "ready",
        operation=ComparisonOperation.NE,
        comparison_value="no answer",
    )
    hardpy.set_case_measurement(reading)
    hardpy.set_case_measurement(status)
    assert reading.result, hardpy.ErrorCode(31, "Humidity sensor does not answer")


@pytest.mark.case_name("Humidity trim")
@pytest.mark.dependency("test_3_sensors::test_humidity")
def test_humidity_trim():
    hardpy.set_message("Trim written")
