"""Stores the report of a finished run as a JSON file."""

import hardpy
import pytest


def store_report():
    hardpy.JsonLoader().load(hardpy.get_current_report())


@pytest.fixture(scope="session", autouse=True)
def report_after_run(post_run_functions):
    post_run_functions.append(store_report)
