"""Asks the HardPy of this environment about run documents.

Reads one JSON document per line. Writes the version of pydantic, and a line for each: whether HardPy's own model takes
it, and if so, what HardPy would send (`wire`; null where it could not send it). A document with
the names of the wire form, which no HardPy ever reads back, gets those of the stored form first.
"""

import json
import sys

from hardpy.pytest_hardpy.db.schema import ResultRunStore
from pydantic import VERSION, ValidationError


def stored(document):
    if not isinstance(document, dict):
        return document
    renamed = dict(document)
    if "rev" in renamed:
        rev = renamed.pop("rev")
        # Of a waiting report HardPy drops the one before it reads the other.
        renamed.setdefault("_rev", rev)
    if "id" in renamed and "_id" not in renamed:
        renamed["_id"] = renamed.pop("id")
    return renamed


def judge(line):
    try:
        document = json.loads(line)
    except (ValueError, RecursionError) as error:
        return {"accepted": None, "why": [type(error).__name__]}
    try:
        run = ResultRunStore.model_validate(stored(document))
    except ValidationError as error:
        places = {
            "/".join(str(part) for part in found["loc"]) + " " + found["type"]
            for found in error.errors(include_input=False, include_url=False)
        }
        return {"accepted": False, "why": sorted(places)[:20]}
    try:
        wire = json.dumps(run.model_dump(), allow_nan=False)
    except ValueError:
        wire = None
    return {"accepted": True, "wire": wire}


print(json.dumps({"pydantic": VERSION}))
for text in sys.stdin:
    print(json.dumps(judge(text)))
