"""One board. Without HOUR_PART_NUMBER its operator forgot to scan the part number."""

import os

import hardpy
import pytest

pytestmark = pytest.mark.module_name("Board")
NUMBER = int(os.environ["HOUR_RUN"])


@pytest.mark.case_name("Label")
def test_label():
    hardpy.set_stand_name("Hour")
    hardpy.set_dut_name("Board")
    hardpy.set_dut_serial_number(f"SN-{NUMBER:04}")
    if "HOUR_PART_NUMBER" in os.environ:
        hardpy.set_dut_part_number(os.environ["HOUR_PART_NUMBER"])


@pytest.mark.case_name("Supply")
def test_supply():
    volts = 3.3 + NUMBER % 7 / 100
    hardpy.set_case_measurement(
        hardpy.NumericMeasurement(
            value=volts,
            name="Rail",
            unit="V",
            operation=hardpy.ComparisonOperation.GELE,
            lower_limit=3.2,
            upper_limit=3.35,
        )
    )
    assert volts <= 3.35
