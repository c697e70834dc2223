"""The label is printed, and with it the serial number is known, when the run is over."""

import hardpy
import pytest


@pytest.fixture(scope="session", autouse=True)
def label_after_run(post_run_functions, hardpy_start_args):
    def print_label():
        hardpy.set_dut_serial_number(hardpy_start_args["serial"])
        hardpy.set_stand_location("Halle 3")
        hardpy.set_run_artifact({"label": {"printed": True, "copies": 2.0}})

    def store_report():
        hardpy.JsonLoader().load(hardpy.get_current_report())

    post_run_functions.append(print_label)
    if "report" in hardpy_start_args:
        post_run_functions.append(store_report)
