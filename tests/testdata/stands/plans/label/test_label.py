"""Tests a device that has no serial number yet."""

import hardpy
import pytest

pytestmark = pytest.mark.module_name("Before the label")


def test_describe():
    hardpy.set_stand_name("bench-7")
    hardpy.set_dut_part_number("PC-311")
    hardpy.set_dut_info({"printed": False})


def test_current(fault):
    current = hardpy.NumericMeasurement(name="Current", value=0.25, unit="A")
    hardpy.set_case_measurement(current)
    assert fault != "current", "Too much current"
