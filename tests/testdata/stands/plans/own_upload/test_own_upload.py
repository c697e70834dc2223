"""Names the stand only, so HardPy fills in the part number."""

import hardpy


def test_own_upload(serial):
    hardpy.set_stand_name("bench-7")
    hardpy.set_dut_serial_number(serial)
    hardpy.set_stand_info({"remote": True})
