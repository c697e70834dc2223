"""Names neither the part, nor the stand, nor the device."""

import hardpy


def test_bare():
    hardpy.set_dut_info({"tested": True, "reworked": False, "mass": 12.0})
    hardpy.set_process_info({"night": True})
