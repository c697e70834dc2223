"""Names the part and the stand, and nothing else."""

import hardpy


def test_power_on():
    hardpy.set_dut_part_number("CSB-204")
    hardpy.set_stand_name("bench-3")
