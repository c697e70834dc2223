"""Stores the report of a finished run as a JSON file."""

import hardpy
import pytest


def store_report():
    hardpy.JsonLoader().load(hardpy.get_current_report())


@pytest.fixture(scope="session", autouse=True)
def report_after_run(post_run_functions):
    post_run_functions.append(store_report)


@pytest.fixture
def fault(hardpy_start_args):
    """The part that is broken on this board, from `--hardpy-start-arg fault=NAME`."""
    return hardpy_start_args.get("fault")
