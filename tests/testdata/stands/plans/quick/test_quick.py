"""Names what StandCloud wants, and stores nothing itself."""

import hardpy


def test_quick(serial):
    hardpy.set_stand_name("bench-7")
    hardpy.set_dut_name("Valve")
    hardpy.set_dut_part_number("VA-12")
    hardpy.set_dut_serial_number(serial)


def test_valve(fault):
    assert fault != "valve"
