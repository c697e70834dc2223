"""What the plans of this stand share."""

import hardpy
import pytest


def store_report():
    hardpy.JsonLoader().load(hardpy.get_current_report())


@pytest.fixture
def fault(hardpy_start_args):
    """The part that is broken on this device, from `--hardpy-start-arg fault=NAME`."""
    return hardpy_start_args.get("fault")


@pytest.fixture
def serial(hardpy_start_args):
    """What the label of the device says, from `--hardpy-start-arg serial=TEXT`."""
    return hardpy_start_args.get("serial")


@pytest.fixture(scope="session")
def report_after_run(post_run_functions):
    post_run_functions.append(store_report)
