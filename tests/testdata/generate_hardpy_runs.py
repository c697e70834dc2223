"""Runs the plans of this folder with HardPy and keeps the documents it writes.

    python3 -m venv VENV
    VENV/bin/pip install hardpy==0.22.1
    VENV/bin/python tests/testdata/generate_hardpy_runs.py

The documents go to `runs/hardpy-VERSION/`, byte for byte as HardPy wrote them:

* `NAME.jsonloader.json` is the report that JsonLoader stores, the shape that is uploaded;
* `NAME.runstore.json` is the document of the JSON storage;
* `NAME.tempstore.json` is a report that could not be uploaded and waits for the next time;
* `NAME.statestore.json` is the state of the operator panel, which is not a report.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

HERE = Path(__file__).parent
TARGET = HERE / "runs" / f"hardpy-{version('hardpy')}"

FORMS = {
    "jsonloader": "reports/*.json",
    "runstore": ".hardpy/storage/runstore/*.json",
    "tempstore": ".hardpy/storage/tempstore/*.json",
    "statestore": ".hardpy/storage/statestore/*.json",
}

# HardPy writes the id of the machine into every document. The one below is invented, so that the
# real one stays at home.
START = """
import sys, machineid, pytest
machineid.id = lambda: "5b0e7c1d94a24f6e8d3b60f7a1c29e84"
sys.exit(pytest.main(sys.argv[1:]))
"""

# HardPy has no login for this address, so it keeps the report for later.
UNSENT = ["--sc-autosync", "--sc-address", "127.0.0.1:9"]

# run name, plan, options of the run, documents to keep
RUNS = [
    ("sensor_board_passed", "sensor_board", [], ["jsonloader", "runstore"]),
    (
        "sensor_board_failed",
        "sensor_board",
        ["--hardpy-start-arg", "fault=humidity", *UNSENT],
        ["jsonloader", "runstore", "tempstore"],
    ),
    ("minimum", "minimum", [], ["jsonloader", "runstore", "statestore"]),
    ("no_part_number", "no_part_number", [], ["jsonloader", "runstore"]),
]


def main():
    shutil.rmtree(TARGET, ignore_errors=True)
    TARGET.mkdir(parents=True)
    for name, plan, options, forms in RUNS:
        with tempfile.TemporaryDirectory() as scratch:
            folder = Path(scratch) / plan
            shutil.copytree(HERE / "plans" / plan, folder)
            run_plan(folder, options)
            for form in forms:
                keep_document(folder, form, name)


def run_plan(folder, options):
    command = [sys.executable, "-c", START, "-q", *options]
    environment = {**os.environ, "TZ": "Europe/Berlin"}
    code = subprocess.run(command, cwd=folder, env=environment, check=False).returncode
    if code not in (0, 1):  # 1: the tests ran, and some of them failed
        sys.exit(f"pytest ended with {code}")


def keep_document(folder, form, name):
    [document] = folder.glob(FORMS[form])
    text = document.read_text()
    if str(folder.parent) in text or str(Path.home()) in text:
        sys.exit(f"{name}: the {form} document names a folder of this machine")
    shutil.copyfile(document, TARGET / f"{name}.{form}.json")


if __name__ == "__main__":
    main()
