"""Runs until the operator stops it."""

import time

import hardpy
import pytest

pytestmark = pytest.mark.usefixtures("report_after_run")


def test_describe(serial):
    hardpy.set_stand_name("bench-7")
    hardpy.set_dut_part_number("PC-310")
    hardpy.set_dut_serial_number(serial)


def test_burn_in():
    hardpy.set_message("warming up", "progress")
    time.sleep(60)


def test_after():
    pass
