"""Stores a report, adds to the run, and stores a second report."""

import hardpy
import pytest


@pytest.fixture(scope="session", autouse=True)
def two_reports_after_run(post_run_functions):
    def store():
        hardpy.JsonLoader().load(hardpy.get_current_report())

    def add():
        hardpy.set_run_artifact({"archived": "yes"})

    post_run_functions.extend([store, add, store])
