"""Describes the stand, the process and the board."""

import hardpy
import pytest
from hardpy import ComparisonOperation, Group

pytestmark = [
    pytest.mark.module_name("Setup"),
    pytest.mark.module_group(Group.SETUP),
]


@pytest.mark.case_name("Describe the stand")
def test_stand():
    hardpy.set_stand_name("bench-3")
    hardpy.set_stand_revision("B")
    hardpy.set_stand_location("Hall 2, line 4")
    hardpy.set_stand_number(3)
    hardpy.set_stand_info({"humidity_chamber": True, "slots": 4})
    hardpy.set_instrument(
        hardpy.Instrument(
            name="Bench multimeter",
            serial_number="DM-7731",
            part_number="DM-60",
            number=1,
            comment="Calibrated, due in November",
            info={"range_v": 60, "averaging": 16},
        )
    )
    hardpy.set_process_name("End of line")
    hardpy.set_process_number(40)
    hardpy.set_process_info({"shift": "late"})
    hardpy.set_user_name("J. Doe")
    hardpy.set_batch_serial_number("LOT-2026-17")


@pytest.mark.case_name("Describe the board")
def test_board():
    hardpy.set_dut_name("Climate sensor board")
    hardpy.set_dut_type("PCBA")
    hardpy.set_dut_part_number("CSB-204")
    hardpy.set_dut_serial_number("CSB-000117")
    hardpy.set_dut_revision("C")
    hardpy.set_dut_info(
        {"firmware": "1.8.2", "coated": True, "layers": 4, "gain": 1.0, "note": None}
    )
    hardpy.set_dut_sub_unit(
        hardpy.SubUnit(
            name="Radio module",
            serial_number="RM-55102",
            part_number="RM-9",
            revision="A",
            info={"band_mhz": 868},
        )
    )


@pytest.mark.case_name("Read the identity")
def test_identity():
    name = hardpy.StringMeasurement(
        name="Board name",
        value="csb-204",
        operation=ComparisonOperation.EQ,
        comparison_value="CSB-204",
        casesensitive=False,
    )
    hardpy.set_case_measurement(name)
    hardpy.set_case_artifact(
        {"chip_id": 11529215046068469761, "boot_text": "csb-204 boot\nself test ok\n"}
    )
    assert name.result
