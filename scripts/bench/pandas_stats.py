"""Yield and Cpk of a folder of HardPy reports with pandas, as a test engineer would write it.

All rows are put into one frame at the end: a frame for each case takes twenty times as long.
"""

import json
import sys
from pathlib import Path

import pandas as pd


def main(folder):
    runs, measurements = [], []
    for path in sorted(Path(folder).rglob("*.json")):
        document = json.loads(path.read_text())
        run = {
            "part_number": document["dut"]["part_number"],
            "serial_number": document["dut"]["serial_number"],
            "process": document["process"]["name"],
            "stand": document["test_stand"]["name"],
            "status": document["status"],
            "start_time": document["start_time"],
        }
        runs.append(run)
        for module_key, module in document["modules"].items():
            for case_key, case in module["cases"].items():
                for measurement in case.get("measurements") or []:
                    measurements.append({**run, "module": module_key, "case": case_key, **measurement})
    runs = pd.DataFrame(runs).sort_values("start_time")
    product = ["part_number", "process"]
    first = runs.groupby([*product, "serial_number"], dropna=False).first()
    passed = first["status"] == "passed"
    print(passed.groupby(product, dropna=False).agg(["size", "mean"]))
    values = pd.DataFrame(measurements)
    values["value"] = pd.to_numeric(values["value"], errors="coerce")
    for limit in ("lower_limit", "upper_limit"):
        if limit not in values:
            values[limit] = float("nan")
    values = values.dropna(subset=["value"]).sort_values("start_time")
    values = values.drop_duplicates([*product, "serial_number", "module", "case", "name"])
    print(values.groupby([*product, "module", "case", "name"], dropna=False).apply(capability))


def capability(group):
    mean = group["value"].mean()
    sigma = group["value"].diff().abs().mean() / 1.128
    upper, lower = group["upper_limit"].iloc[-1] - mean, mean - group["lower_limit"].iloc[-1]
    cpk = pd.Series([upper, lower]).min() / (3 * sigma) if sigma else None
    return pd.Series({"n": len(group), "mean": mean, "stdev": group["value"].std(), "cpk": cpk})


if __name__ == "__main__":
    main(sys.argv[1])
