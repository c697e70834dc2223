"""The operator scans a label, types a number, and judges a light."""

import hardpy
import pytest

pytestmark = [
    pytest.mark.module_name("Operator"),
    pytest.mark.usefixtures("report_after_run"),
]


def ask(text, widget=None, **options):
    return hardpy.run_dialog_box(hardpy.DialogBox(dialog_text=text, widget=widget, **options))


def test_scan():
    hardpy.set_stand_name("bench-7")
    hardpy.set_dut_part_number("PC-310")
    hardpy.set_dut_serial_number(ask("Scan the label", hardpy.TextInputWidget()))


def test_pressure():
    reading = ask("Read the gauge", hardpy.NumericInputWidget())
    hardpy.set_case_measurement(
        hardpy.NumericMeasurement(name="Gauge", value=reading, unit="bar")
    )


def test_light():
    judged = ask("Is the light green?", pass_fail=True)
    hardpy.set_message("green" if judged.result else "not green", "light")
    assert judged.result
