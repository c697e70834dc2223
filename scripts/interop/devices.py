"""Asks Everypin's SDK for its report of devices.

Reads lists of `test_run` rows, one JSON array per line, and writes for each list one JSON text: the CSV file that the
command of the SDK would write.
"""

import json
import sys
import tempfile
from pathlib import Path

from standcloud_integration.cli.output import write_csv
from standcloud_integration.models import TestRun
from standcloud_integration.reports import REPORTS

REPORT = next(report for report in REPORTS if report.name == "devices-with-last-stage")

with tempfile.TemporaryDirectory() as folder:
    path = Path(folder) / "devices.csv"
    for line in sys.stdin:
        records = REPORT.build([TestRun.model_validate(row) for row in json.loads(line)])
        write_csv(records, REPORT.record_type, path)
        print(json.dumps(path.read_bytes().decode("utf-8")))
