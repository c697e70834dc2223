"""Runs the plan hour_plan with the HardPy of this environment, which stores in CouchDB.

Takes how many runs, and how many seconds lie between the starts of two. Every tenth run has no part
number. Writes a line of JSON after each run. The variables COUCH_USER, COUCH_PASSWORD and COUCH_PORT
name the database.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PLAN = Path(__file__).parent / "hour_plan"
CONFIG = """
[database]
storage_type = "couchdb"
"""
URL = "http://{COUCH_USER}:{COUCH_PASSWORD}@localhost:{COUCH_PORT}/"
# HardPy writes the id of the machine into every document. This one is invented.
START = """
import sys, machineid, pytest
machineid.id = lambda: "7b1d40c9e2f84f7a9a35c06b18de5f42"
sys.exit(pytest.main(sys.argv[1:]))
"""
# What pytest ends with when all tests passed, and when one failed.
ENDED = (0, 1)


def main():
    runs, seconds = int(sys.argv[1]), float(sys.argv[2])
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "stand"
        shutil.copytree(PLAN, folder)
        (folder / "hardpy.toml").write_text(CONFIG)
        for number in range(1, runs + 1):
            begin = time.monotonic()
            print(json.dumps(take_run(folder, number)), flush=True)
            time.sleep(max(0, begin + seconds - time.monotonic()))


def take_run(folder, number):
    has_part_number = number % 10 != 0
    environment = {**os.environ, "HOUR_RUN": str(number), "PYTHONDONTWRITEBYTECODE": "1"}
    if has_part_number:
        environment["HOUR_PART_NUMBER"] = "PN-7"
    url = URL.format(**os.environ)
    options = ["-q", f"--rootdir={folder}", "--hardpy-db-url", url]
    command = [sys.executable, "-c", START, *options]
    ended = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    if ended.returncode not in ENDED:
        sys.exit(f"run {number} ended with {ended.returncode}:\n{ended.stdout}{ended.stderr}")
    return {"serial": f"SN-{number:04}", "hasPartNumber": has_part_number}


if __name__ == "__main__":
    main()
