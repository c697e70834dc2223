"""After each run HardPy writes the report into its database, as HardPy's manual shows it."""

import os

import hardpy
import pytest


def store_report():
    config = hardpy.CouchdbConfig(
        user=os.environ["COUCH_USER"],
        password=os.environ["COUCH_PASSWORD"],
        port=int(os.environ["COUCH_PORT"]),
    )
    hardpy.CouchdbLoader(config).load(hardpy.get_current_report())


@pytest.fixture(scope="session", autouse=True)
def store_after_run(post_run_functions):
    post_run_functions.append(store_report)
