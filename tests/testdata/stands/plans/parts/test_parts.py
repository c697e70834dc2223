"""Sub units and instruments without names, part numbers, or both."""

import hardpy
import pytest


@pytest.fixture(autouse=True, scope="session")
def report_after_run_if_wanted(post_run_functions, hardpy_start_args):
    if "report" in hardpy_start_args:
        post_run_functions.append(
            lambda: hardpy.JsonLoader().load(hardpy.get_current_report())
        )


def test_parts(serial):
    hardpy.set_stand_name("bench-7")
    hardpy.set_dut_part_number("PC-310")
    if serial:
        hardpy.set_dut_serial_number(serial)
    hardpy.set_dut_sub_unit(hardpy.SubUnit(serial_number="SU-1", part_number="SU-20"))
    hardpy.set_dut_sub_unit(hardpy.SubUnit(name="Cable", info={"length_m": 2.0, "shielded": True}))
    hardpy.set_dut_sub_unit(hardpy.SubUnit(serial_number="SU-3"))
    hardpy.set_instrument(hardpy.Instrument(number=2, part_number="IN-5"))
    hardpy.set_instrument(hardpy.Instrument(name="Scale", info={"zeroed": True}))
    hardpy.set_instrument(hardpy.Instrument(comment="borrowed"))
