"""Measures the rails and the currents of the board."""

import hardpy
import pytest
from hardpy import ComparisonOperation, Group

pytestmark = pytest.mark.module_name("Supply")


@pytest.mark.case_name("Apply power")
@pytest.mark.case_group(Group.SETUP)
def test_apply_power():
    hardpy.set_message("Waiting for the rails to settle", "progress")
    hardpy.set_message("Rails settled", "progress")
    hardpy.set_message("Fixture lid is closed")


@pytest.mark.parametrize(
    ("nominal", "measured"),
    [
        pytest.param(3.3, 3.312, id="3V3", marks=pytest.mark.case_name("Rail 3V3")),
        pytest.param(5.0, 5.0, id="5V0", marks=pytest.mark.case_name("Rail 5V0")),
    ],
)
def test_rail(nominal, measured):
    voltage = hardpy.NumericMeasurement(
        name="Voltage",
        value=measured,
        unit="V",
        operation=ComparisonOperation.GELE,
        lower_limit=round(nominal * 0.97, 3),
        upper_limit=round(nominal * 1.03, 3),
    )
    hardpy.set_case_measurement(voltage)
    assert voltage.result


@pytest.mark.case_name("Inrush current")
@pytest.mark.attempt(3)
def test_inrush():
    attempt = hardpy.get_current_attempt()
    peak = hardpy.NumericMeasurement(
        name="Peak",
        value=[820, 640][attempt - 1],
        unit="mA",
        operation=ComparisonOperation.LT,
        comparison_value=700,
    )
    hardpy.set_case_measurement(peak)
    assert peak.result


@pytest.mark.case_name("Standby current")
def test_standby():
    """Records a value above its target, which this product may have."""
    standby = hardpy.NumericMeasurement(
        name="Standby",
        value=12.5,
        unit="µA",
        operation=ComparisonOperation.LE,
        comparison_value=10,
    )
    leakage = hardpy.NumericMeasurement(name="Leakage", value=1.2e-07, unit="A")
    hardpy.set_case_measurement(standby)
    hardpy.set_case_measurement(leakage)
    hardpy.set_message("Standby above target, allowed by deviation 7")


@pytest.mark.case_name("Regulator clock")
def test_regulator():
    frequency = hardpy.NumericMeasurement(
        name="Switching frequency outside the radio band",
        value=1250.0,
        unit="kHz",
        operation=ComparisonOperation.LTGT,
        lower_limit=860,
        upper_limit=960,
    )
    overloads = hardpy.NumericMeasurement(
        name="Overload count",
        value=0,
        operation=ComparisonOperation.EQ,
        comparison_value=0,
    )
    hardpy.set_case_measurement(frequency)
    hardpy.set_case_measurement(overloads)
    hardpy.set_module_artifact({"spectrum": {"format": "png", "stored_as": "spectrum-000117"}})
    assert frequency.result and overloads.result
