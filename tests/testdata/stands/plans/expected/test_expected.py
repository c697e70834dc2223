"""Cases that are expected to fail."""

import hardpy
import pytest

pytestmark = pytest.mark.usefixtures("report_after_run")


def test_describe(serial):
    hardpy.set_stand_name("bench-7")
    hardpy.set_dut_part_number("PC-310")
    hardpy.set_dut_serial_number(serial)


@pytest.mark.xfail(reason="the filter is known to be loud")
def test_filter():
    assert 61.5 < 60


@pytest.mark.xfail(reason="was repaired in revision D")
def test_hinge():
    pass
