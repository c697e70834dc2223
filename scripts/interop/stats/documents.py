"""Finds the run documents in files and folders, and tells runs from everything else.

Written from the definitions of `standcloud stats` alone, as are the other files of this folder:
nothing here is taken from the program, so that both can be compared.
"""

import gzip
import json
import re
from dataclasses import dataclass
from pathlib import Path

SUFFIXES = (".json", ".json.gz", ".jsonl", ".ndjson")
STATE_KEYS = ("progress", "operator_data", "operator_msg", "alert")
HISTORY = re.compile(r"[0-9]+\.json(\.gz)?")


@dataclass
class Document:
    source: str
    # The parsed document of a run, else the reason why it is none.
    run: dict | None
    reason: str | None = None


class Reader:
    def __init__(self):
        self.bytes = 0

    def documents(self, paths):
        """All documents in the order in which they are read."""
        files = [file for path in paths for file in files_of(Path(path))]
        # A history file lacks what post-run functions add: other copies come first.
        files.sort(key=is_history)
        for file in dict.fromkeys(files):
            yield from self.documents_in(file)

    def documents_in(self, file):
        try:
            content = file.read_bytes()
        except OSError:
            yield Document(str(file), None, "unreadable")
            return
        self.bytes += len(content)
        try:
            if content[:2] == b"\x1f\x8b":
                content = gzip.decompress(content)
            text = content.decode("utf-8-sig")
        except (OSError, EOFError, UnicodeDecodeError):
            yield Document(str(file), None, "not_json")
            return
        for label, value in values_in(text):
            yield document(f"{file}{label}", value)


def files_of(path):
    if not path.is_dir():
        return [path]
    found = [file for file in path.rglob("*") if file.is_file() and is_run_file(file)]
    return sorted(found, key=lambda file: code_units(str(file)))


def is_run_file(file):
    in_statestore = "storage/statestore/" in file.as_posix()
    return file.name.endswith(SUFFIXES) and not file.name.startswith("._") and not in_statestore


def is_history(file):
    return file.parent.name == "runstore" and HISTORY.fullmatch(file.name) is not None


def code_units(text):
    """Sorts as UTF-16 code units do."""
    return text.encode("utf-16-be", "surrogatepass")


BROKEN = object()


def parse(text):
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return BROKEN


def values_in(text):
    """One document, an answer of CouchDB, or a document in each line."""
    value = parse(text)
    if value is BROKEN:
        numbered = enumerate(text.split("\n"), 1)
        lines = [(f":{number}", line) for number, line in numbered if line.strip()]
        if len(lines) < 2 or not isinstance(parse(lines[0][1]), (dict, list)):
            return [("", BROKEN)]
        return [(label, parse(line)) for label, line in lines]
    if isinstance(value, dict) and "modules" not in value:
        if isinstance(value.get("rows"), list):
            docs = [row.get("doc") for row in value["rows"]]
            return labelled(docs)
        if isinstance(value.get("docs"), list):
            return labelled(value["docs"])
        if isinstance(value.get("results"), list) and "last_seq" in value:
            return labelled([row.get("doc") for row in value["results"]])
    return [("", value)]


def labelled(documents):
    return [(f"#{number}", one) for number, one in enumerate(documents, 1)]


def document(source, value):
    if value is BROKEN:
        return Document(source, None, "not_json")
    is_run = isinstance(value, dict) and ("modules" in value or "test_stand" in value)
    if not is_run or any(key in value for key in STATE_KEYS):
        return Document(source, None, "not_run")
    return Document(source, value)
