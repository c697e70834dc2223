"""Leaves the board and the stand in a safe state."""

import hardpy
import pytest
from hardpy import ComparisonOperation, Group

pytestmark = [
    pytest.mark.module_name("Teardown"),
    pytest.mark.module_group(Group.TEARDOWN),
]


@pytest.mark.case_name("Discharge")
@pytest.mark.case_group(Group.TEARDOWN)
def test_discharge():
    rest = hardpy.NumericMeasurement(
        name="Rest voltage",
        value=0.02,
        unit="V",
        operation=ComparisonOperation.GELT,
        lower_limit=0,
        upper_limit=0.1,
    )
    hardpy.set_case_measurement(rest)
    hardpy.set_run_artifact({"label": {"printed": True, "text": "CSB-204 C"}})
    assert rest.result
