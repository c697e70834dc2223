"""Describes the stand and the pump controller."""

import hardpy
import pytest
from hardpy import Group

pytestmark = [
    pytest.mark.module_name("Identify"),
    pytest.mark.module_group(Group.SETUP),
    pytest.mark.usefixtures("report_after_run"),
]


@pytest.mark.case_name("Describe the stand")
@pytest.mark.case_group(Group.SETUP)
def test_stand():
    hardpy.set_stand_name("bench-7")
    hardpy.set_stand_revision("A")
    hardpy.set_stand_location("Halle 3, Prüfplatz 7")
    hardpy.set_stand_number(7)
    hardpy.set_stand_info({"water_loop": True, "dry_run": False, "slots": 2})
    hardpy.set_instrument(
        hardpy.Instrument(
            name="Flow meter",
            revision="2",
            serial_number="FM-0041",
            part_number="FM-15",
            number=1,
            comment="Calibrated, due in May",
            info={"range_l_min": 15.0, "pulses": 450},
        )
    )
    hardpy.set_process_name("Functional test")
    hardpy.set_process_number(20)
    hardpy.set_process_info({"shift": "early", "line": 2})
    hardpy.set_user_name("A. Example")
    hardpy.set_batch_serial_number("LOT-2026-44")


@pytest.mark.case_name("Describe the controller")
def test_controller(serial):
    hardpy.set_dut_name("Pump controller")
    hardpy.set_dut_type("PCBA")
    hardpy.set_dut_part_number("PC-310")
    hardpy.set_dut_serial_number(serial)
    hardpy.set_dut_revision("D")
    hardpy.set_dut_info({"firmware": "2.0.1", "coated": True, "gain": 1.0, "note": None})
    hardpy.set_dut_sub_unit(
        hardpy.SubUnit(
            name="Driver stage",
            type="PCBA",
            serial_number="DS-9001",
            part_number="DS-4",
            revision="B",
            info={"channels": 3, "isolated": True},
        )
    )
