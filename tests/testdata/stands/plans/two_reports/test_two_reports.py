"""A plan that stores its report twice."""

import hardpy


def test_two_reports(serial):
    hardpy.set_stand_name("bench-7")
    hardpy.set_dut_part_number("PC-310")
    hardpy.set_dut_serial_number(serial)
