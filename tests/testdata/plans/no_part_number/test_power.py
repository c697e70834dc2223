"""Names the stand and the board, but forgets the part number."""

import hardpy


def test_power_on():
    hardpy.set_stand_name("bench-3")
    hardpy.set_dut_serial_number("CSB-000118")
