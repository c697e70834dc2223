"""Runs the plan beside this file with the HardPy of this environment, and records what its loader posts.

Takes how many runs. Writes a line for each: the body as it arrived, and the documents that HardPy
stored of the run, as text. HardPy below 0.20 stores in CouchDB, for which a stand-in is used.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[1] / "tests/testdata/stands"))

from couch import Couch
from stand_service import StandService

VERSION = tuple(map(int, version("hardpy").split(".")))
HAS_FILES = VERSION >= (0, 20)

# A login that never ends, since HardPy takes one from the keyring of the system only.
START = """
import json, sys, time
import keyring.core, machineid, pytest

TOKEN = {"access_token": "invented", "token_type": "bearer", "expires_at": time.time() + 9e5}

class Keyring:
    def get_password(self, service, entry):
        return {"access_token": json.dumps(TOKEN), "refresh_token": "invented"}.get(entry)

keyring.core.load_keyring = lambda name: Keyring()
machineid.id = lambda: "84d20c3b5f1e4a07b96de2f80c517a3b"
if sys.argv.pop(1) == "configured":
    # HardPy 0.18 and 0.19 open a database before they read which one.
    from pathlib import Path
    from hardpy.common.config import ConfigManager
    ConfigManager().read_config(Path.cwd())
sys.exit(pytest.main(sys.argv[1:]))
"""


def main():
    with StandService() as service, Couch() as couch:
        for number in range(int(sys.argv[1])):
            with tempfile.TemporaryDirectory() as scratch:
                folder = Path(scratch) / "stand"
                shutil.copytree(HERE / "plan", folder)
                line = take_run(folder, number, service, couch)
            print(json.dumps(line), flush=True)


def take_run(folder, number, service, couch):
    couch.databases.clear()
    service.begin(number, "stores")
    options = ["configured" if VERSION >= (0, 18) else "", "-q", f"--rootdir={folder}"]
    # HardPy 0.16 loses the options where there is no hardpy.toml.
    storage = 'storage_type = "json"' if HAS_FILES else f"port = {couch.port}"
    (folder / "hardpy.toml").write_text(f"[database]\n{storage}\n")
    if not HAS_FILES:
        options += ["--hardpy-db-url", couch.url]
    environment = {
        **os.environ,
        "INTEROP_RUN": str(number),
        "INTEROP_ADDRESS": service.address,
        "NO_PROXY": "127.0.0.1",
        "TZ": "Europe/Berlin",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    command = [sys.executable, "-c", START, *options]
    ended = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    bodies = [posted["body"] for posted in service.posted if posted["run"] == number]
    if len(bodies) != 1:
        sys.exit(f"run {number} posted {len(bodies)} bodies:\n{ended.stdout}{ended.stderr}")
    return {"run": number, "body": bodies[0], "stored": stored(folder, couch)}


def stored(folder, couch):
    if not HAS_FILES:
        [record] = couch.databases["runstore"].values()
        return {"record": json.dumps(record)}
    store = folder / ".hardpy/storage/runstore"
    [report] = (folder / "reports").glob("*.json")
    found = {"record": (store / "localhost_8000.json").read_text(), "report": report.read_text()}
    for history in store.glob("[0-9]*.json"):
        found["history"] = history.read_text()
    return found


if __name__ == "__main__":
    main()
