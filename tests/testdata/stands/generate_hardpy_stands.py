"""Runs the plans of this folder with HardPy, one after the other, as one stand does.

    python3 -m venv VENV
    VENV/bin/pip install hardpy==0.25.2
    VENV/bin/python tests/testdata/stands/generate_hardpy_stands.py

It needs HardPy 0.24 or newer, a POSIX system, and `openssl`. It takes about two minutes, because one
upload has to time out. It writes:

* `hardpy-VERSION/`: the folder of the stand, byte for byte as HardPy left it;
* `hardpy-VERSION.truth/runs.json`: what happened, run by run, and which files each run left;
* `hardpy-VERSION.truth/records/NN.json`: the current record as run NN left it. The next run
  overwrites the record, so the folder holds only the last one;
* `hardpy-VERSION.truth/posted.jsonl`: each body that HardPy posted, as text, and the answer.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

from stand_service import StandService

HERE = Path(__file__).parent
VERSION = version("hardpy")
TARGET = HERE / f"hardpy-{VERSION}"
TRUTH = HERE / f"hardpy-{VERSION}.truth"

RECORD = ".hardpy/storage/runstore/localhost_8000.json"
STATE = ".hardpy/storage/statestore/localhost_8000.json"

# HardPy writes the id of the machine into every document. These are invented.
MACHINE = {"0.24.0": "c6a1f0d27b8e4935a0d4e1b97f32568c"}.get(
    VERSION, "2f9d83c5e7414b60bb1a7c0e46d8953f"
)

START = f"""
import sys, machineid, pytest
machineid.id = lambda: "{MACHINE}"
sys.exit(pytest.main(sys.argv[1:]))
"""

# What the operator answers, in this order.
ANSWERS = [
    {"data": "PC-000230", "result": "passed"},
    {"data": "4.50", "result": "passed"},
    {"data": "", "result": "failed"},
]


def run(plan, status, **more):
    return {"plan": plan, "status": status, "args": [], "options": [], "service": None, **more}


def fault(name):
    return [f"fault={name}"]


AUTOSYNC = ["--sc-autosync"]
CONNECTION_ONLY = ["--sc-connection-only"]

RUNS = [
    run("pump", "passed", args=["serial=PC-000201"]),
    run("pump", "failed", args=["serial=PC-000202", *fault("flow")]),
    run("pump", "passed", args=["serial=PC-000202"], note="the same device again, repaired"),
    run("skips", "passed", args=["serial=PC-000203"]),
    run("skips", "failed", args=["serial=PC-000204", *fault("critical")]),
    run("retries", "passed", args=["serial=PC-000205"]),
    run("retries", "failed", args=["serial=PC-000206", *fault("seal")]),
    run("dialogs", "failed", note="the operator says that the light is not green"),
    run("fixtures", "failed", args=["serial=PC-000207"]),
    run("fixtures", "failed", args=["serial=PC-000208", *fault("teardown")]),
    run("expected", "passed", args=["serial=PC-000209"]),
    run("bare", "passed"),
    run("bare", "passed", note="cannot be told from the run before except by its time"),
    run("label", "passed", args=["serial=PC-000210", "report=1"]),
    run("quick", "passed", args=["serial=VA-000001"], options=AUTOSYNC, service="stores"),
    run("quick", "passed", args=["serial=VA-000002"], options=AUTOSYNC, service="unhealthy"),
    run("quick", "failed", args=["serial=VA-000003", *fault("valve")], options=AUTOSYNC, service="fails"),
    run("bare", "passed", options=AUTOSYNC, service="fails"),
    run("bare", "passed", options=AUTOSYNC, service="unhealthy"),
    run("parts", "passed", options=AUTOSYNC, service="fails"),
    run("parts", "passed", args=["serial=PC-000211", "report=1"], options=AUTOSYNC, service="fails"),
    run("parts", "passed", args=["serial=PC-000212"], options=AUTOSYNC, service="unhealthy"),
    run("label", "failed", args=["serial=PC-000213", *fault("current")], options=AUTOSYNC, service="fails"),
    run("label", "passed", args=["serial=PC-000214", "report=1"], options=AUTOSYNC, service="stores"),
    run("own_upload", "passed", args=["serial=PC-000215"], service="fails"),
    run("own_upload", "passed", args=["serial=PC-000216"], service="stores"),
    run("two_reports", "passed", args=["serial=PC-000217"]),
    run("quick", "failed", args=["serial=VA-000004"], options=CONNECTION_ONLY, service="away", refused=True),
    run("nothing", "failed", refused=True),
    run("burn_in", "stopped", args=["serial=PC-000218"], stop="test_burn_in"),
    run("quick", "passed", args=["serial=VA-000005"], options=AUTOSYNC, service="hangs"),
    run("label", "passed", args=["serial=PC-000219"], options=AUTOSYNC, service="hangs"),
]


def main():
    for folder in (TARGET, TRUTH):
        shutil.rmtree(folder, ignore_errors=True)
    (TRUTH / "records").mkdir(parents=True)
    with tempfile.TemporaryDirectory() as scratch, StandService() as service:
        stand = Path(scratch) / "stand"
        shutil.copytree(HERE / "plans", stand)
        with (stand / "hardpy.toml").open("a") as file:
            file.write(f'\n[stand_cloud]\napi_key = "{service.api_key}"\n')
        runs = [take_run(stand, number, service) for number in range(1, len(RUNS) + 1)]
        keep(stand)
        write_json(TRUTH / "runs.json", {"hardpy": VERSION, "record": RECORD, "runs": runs})
        lines = [json.dumps(posted) for posted in service.posted]
        (TRUTH / "posted.jsonl").write_text("\n".join(lines) + "\n")
    require_neutral(Path(scratch))


def take_run(stand, number, service):
    plan = RUNS[number - 1]
    wait_for_next_second()
    before = files_of(stand)
    service.begin(number, plan["service"] or "away")
    run_plan(stand, plan, service.address)
    record = json.loads((stand / RECORD).read_text())
    if record["status"] != plan["status"]:
        sys.exit(f"run {number}, {plan['plan']}: HardPy says {record['status']}")
    is_run = "refused" not in plan
    if (record["start_time"] is None) == is_run:
        sys.exit(f"run {number}, {plan['plan']}: starts at {record['start_time']}")
    kept = TRUTH / "records" / f"{number:02}.json"
    shutil.copyfile(stand / RECORD, kept)
    new = sorted(files_of(stand) - before - {RECORD, STATE})
    truth = {
        "number": number,
        "plan": plan["plan"],
        "status": plan["status"],
        "isRun": is_run,
        "start": record["start_time"],
        "stop": record["stop_time"],
        "autosync": "--sc-autosync" in plan["options"],
        "service": plan["service"],
        "answers": [posted["answer"] for posted in service.posted if posted["run"] == number],
        "history": one_of(new, ".hardpy/storage/runstore/"),
        "reports": [name for name in new if name.startswith("reports/")],
        "tempstore": [name for name in new if name.startswith(".hardpy/storage/tempstore/")],
        "state": one_of(new, ".hardpy/storage/statestore/"),
        "holdsRecord": number == len(RUNS),
        "serialNumber": record["dut"].get("serial_number"),
    }
    print(number, plan["plan"], plan["status"], truth["answers"], len(new), "files", flush=True)
    return truth | ({"note": plan["note"]} if "note" in plan else {})


def run_plan(stand, plan, address):
    options = [f"--hardpy-start-arg={arg}" for arg in plan["args"]]
    options += ["--sc-address", address, *plan["options"]]
    options += ["--hardpy-tests-name", plan["plan"].replace("_", " ").capitalize()]
    environment = {**os.environ, "TZ": "Europe/Berlin", "PYTHONDONTWRITEBYTECODE": "1"}
    environment.pop("HARDPY_SC_API_KEY", None)
    command = [sys.executable, "-c", START, "-q", f"--rootdir={stand}", *options, plan["plan"]]
    log = stand.parent / "log.txt"
    with log.open("w") as output:
        child = subprocess.Popen(
            command, cwd=stand, env=environment, stdout=output, stderr=subprocess.STDOUT
        )
        answers = iter(ANSWERS)
        while child.poll() is None:
            time.sleep(0.05)
            if plan["plan"] == "dialogs":
                answer_dialog(stand, answers)
            if "stop" in plan and is_running(stand, plan["stop"]):
                time.sleep(1.2)
                child.send_signal(signal.SIGTERM)
                child.wait()
    if child.returncode not in (0, 1, 2, 3, 5):
        sys.exit(f"pytest ended with {child.returncode}:\n{log.read_text()}")


def answer_dialog(stand, answers):
    """Answers as the operator panel does: through the state of the run."""
    state = read_if_there(stand / STATE)
    if state is None or state.get("operator_data", {}).get("dialog"):
        return
    if not any(case.get("dialog_box") for case in cases_of(state).values()):
        return
    state["operator_data"]["dialog"] = json.dumps(next(answers))
    answered = stand.parent / "answered.json"
    answered.write_text(json.dumps(state, indent=2))
    answered.replace(stand / STATE)


def is_running(stand, case):
    record = read_if_there(stand / RECORD)
    return record is not None and cases_of(record).get(case, {}).get("status") == "run"


def cases_of(document):
    modules = document.get("modules", {}).values()
    return {key: case for module in modules for key, case in module.get("cases", {}).items()}


def read_if_there(path):
    try:
        return json.loads(path.read_text())
    except (FileNotFoundError, ValueError):
        return None


def wait_for_next_second():
    time.sleep(1.05 - time.time() % 1)


def files_of(stand):
    folders = [stand / ".hardpy", stand / "reports"]
    paths = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return {str(path.relative_to(stand)) for path in paths}


def one_of(names, folder):
    [name] = [name for name in names if name.startswith(folder)]
    return name


def keep(stand):
    for folder in (".hardpy", "reports"):
        shutil.copytree(stand / folder, TARGET / folder)
    shutil.copyfile(HERE / "plans" / "hardpy.toml", TARGET / "hardpy.toml")


def write_json(path, value):
    path.write_text(json.dumps(value, indent=1) + "\n")


def require_neutral(scratch):
    private = [str(scratch), str(Path.home()), os.uname().nodename, str(HERE)]
    for folder in (TARGET, TRUTH):
        for path in folder.rglob("*"):
            text = path.read_text() if path.is_file() else ""
            found = [word for word in private if len(word) > 3 and word in text]
            if found:
                sys.exit(f"{path} names something of this machine: {found}")


if __name__ == "__main__":
    main()
