"""Yield and Cpk of a folder of HardPy reports with pandas.

`runs`: a frame for each run, as pandas' own guide to nested JSON does it. `rows`: all rows in one
list and one frame at the end, which is as fast as pandas gets.
"""

import json
import sys
from pathlib import Path

import pandas as pd

PRODUCT = ["part_number", "process"]
MEASUREMENT = [*PRODUCT, "module", "case", "name"]


def main(folder, way):
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
        rows = [
            {**run, "module": module_key, "case": case_key, **measurement}
            for module_key, module in document["modules"].items()
            for case_key, case in module["cases"].items()
            for measurement in case.get("measurements") or []
        ]
        measurements += rows if way == "rows" else [pd.json_normalize(rows)]
    frame = pd.DataFrame(measurements) if way == "rows" else pd.concat(measurements)
    print(yields(pd.DataFrame(runs)))
    print(capabilities(frame))


def yields(runs):
    runs = runs.sort_values("start_time")
    first = runs.groupby([*PRODUCT, "serial_number"], dropna=False).first()
    return (first["status"] == "passed").groupby(PRODUCT, dropna=False).agg(["size", "mean"])


def capabilities(values):
    values = values.reindex(columns=values.columns.union(["lower_limit", "upper_limit"]))
    values["value"] = pd.to_numeric(values["value"], errors="coerce")
    values = values.dropna(subset=["value"]).sort_values("start_time")
    values = values.drop_duplicates([*MEASUREMENT, "serial_number"])
    return values.groupby(MEASUREMENT, dropna=False).apply(capability)


def capability(group):
    mean = group["value"].mean()
    sigma = group["value"].diff().abs().mean() / 1.128
    upper, lower = group["upper_limit"].iloc[-1] - mean, mean - group["lower_limit"].iloc[-1]
    cpk = pd.Series([upper, lower]).min() / (3 * sigma) if sigma else None
    return pd.Series({"n": len(group), "mean": mean, "stdev": group["value"].std(), "cpk": cpk})


if __name__ == "__main__":
    main(*sys.argv[1:])
