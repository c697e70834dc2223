"""One case passes at the third attempt, one fails at each of two."""

import hardpy
import pytest

pytestmark = [
    pytest.mark.module_name("Retries"),
    pytest.mark.usefixtures("report_after_run"),
]


def test_describe(serial):
    hardpy.set_stand_name("bench-7")
    hardpy.set_dut_part_number("PC-310")
    hardpy.set_dut_serial_number(serial)


@pytest.mark.attempt(3)
def test_contact():
    attempt = hardpy.get_current_attempt()
    contact = hardpy.NumericMeasurement(name="Resistance", value=3.0 / attempt, unit="Ohm")
    hardpy.set_case_measurement(contact)
    assert attempt == 3


@pytest.mark.attempt(2)
def test_seal(fault):
    hardpy.set_message(f"attempt {hardpy.get_current_attempt()}", "seal")
    assert fault != "seal"
