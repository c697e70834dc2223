"""The plan itself uploads to StandCloud, and stores the same object afterwards."""

import hardpy
import pytest


@pytest.fixture(scope="session", autouse=True)
def upload_after_run(post_run_functions):
    def upload_and_store():
        report = hardpy.get_current_report()
        hardpy.StandCloudLoader().load(report)
        hardpy.JsonLoader().load(report)

    post_run_functions.append(upload_and_store)
