"""Every way in which a case is skipped."""

import hardpy
import pytest

pytestmark = pytest.mark.usefixtures("report_after_run")


@pytest.mark.critical
def test_describe(serial):
    hardpy.set_stand_name("bench-7")
    hardpy.set_dut_part_number("PC-310")
    hardpy.set_dut_serial_number(serial)


@pytest.mark.skip(reason="no fixture for this variant")
def test_marked():
    raise AssertionError


def test_in_its_body():
    pytest.skip("the variant has no heater")


@pytest.mark.dependency("test_1_skips::test_marked")
def test_depends():
    raise AssertionError


@pytest.mark.critical
def test_critical(fault):
    assert fault != "critical"
