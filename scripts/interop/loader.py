"""Uploads run documents with HardPy's own StandCloudLoader, one after the other.

Takes a folder of documents as they are sent; address and API key come from STANDCLOUD_ADDRESS and STANDCLOUD_API_KEY.
Writes how many StandCloud took, the seconds of the whole loop, and those of it that HardPy's loader took.
"""

import json
import os
import sys
from pathlib import Path
from time import perf_counter

from hardpy import StandCloudLoader
from hardpy.common.config import ConfigManager
from hardpy.pytest_hardpy.db.schema import ResultRunStore

STORED_NAMES = {"rev": "_rev", "id": "_id"}


def read(path):
    document = json.loads(path.read_text("utf-8"))
    stored = {STORED_NAMES.get(key, key): value for key, value in document.items()}
    return ResultRunStore.model_validate(stored)


ConfigManager().config.stand_cloud.api_key = os.environ["STANDCLOUD_API_KEY"]
loader = StandCloudLoader(address=os.environ["STANDCLOUD_ADDRESS"])
taken = 0
loading = 0.0
begin = perf_counter()
for path in sorted(Path(sys.argv[1]).iterdir()):
    report = read(path)
    before = perf_counter()
    taken += loader.load(report).status_code == 201
    loading += perf_counter() - before
seconds = perf_counter() - begin
print(json.dumps({"taken": taken, "seconds": seconds, "loadSeconds": loading}))
