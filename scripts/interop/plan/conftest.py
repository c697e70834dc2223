"""After each run HardPy's own loader posts the report, as a plan of a user would let it."""

import os

import draw
import hardpy
import pytest


def post():
    report = hardpy.get_current_report()
    if hasattr(hardpy, "JsonLoader"):
        hardpy.JsonLoader().load(report)
    answer = hardpy.StandCloudLoader(address=os.environ["INTEROP_ADDRESS"]).load(report)
    assert answer.status_code == 201


def add():
    random = draw.random_of("after the run")
    if draw.maybe(random, 0.3):
        draw.call("set_run_artifact", draw.free_object(random))
    if not draw.is_located_in_time():
        draw.call("set_stand_location", draw.text(random))


@pytest.fixture(scope="session", autouse=True)
def post_after_run(post_run_functions):
    post_run_functions.extend([add, post])


@pytest.fixture
def broken():
    if draw.maybe(draw.random_of("fixture"), 0.2):
        raise RuntimeError("The supply does not answer")
