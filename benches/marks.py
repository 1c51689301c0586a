#!/usr/bin/env python3
"""Put the marks of data/names/marks to the texts they were made on, which are not in this repository.

usage: marks.py MARKS.jsonl OUT TEXTS...

TEXTS are files of JSON lines with "id" and "text", or folders of .txt files named by their id. OUT becomes
a folder that `dateline train` and `dateline evaluate` read: gold.jsonl and texts/. Marks whose text is
missing, or is not the one that was marked (SHA-256), are named on stderr; then the exit code is 1.
"""
import hashlib
import json
import sys
from pathlib import Path


def texts(sources):
    """Pairs of id and text."""
    for source in map(Path, sources):
        if source.is_dir():
            for path in sorted(source.glob("*.txt")):
                yield path.name, path.read_bytes().decode()
        else:
            for line in source.open(encoding="utf-8"):
                document = json.loads(line)
                yield document["id"], document["text"]


def main():
    marks, out, sources = sys.argv[1], Path(sys.argv[2]), sys.argv[3:]
    wanted = {}
    for line in open(marks, encoding="utf-8"):
        record = json.loads(line)
        wanted[record["id"]] = record
    (out / "texts").mkdir(parents=True, exist_ok=True)
    found = set()
    with open(out / "gold.jsonl", "w", encoding="utf-8") as sink:
        for name, text in sorted(texts(sources)):
            record = wanted.get(name)
            if record and name not in found and hashlib.sha256(text.encode()).hexdigest() == record["sha256"]:
                found.add(name)
                (out / "texts" / name).write_bytes(text.encode())
                sink.write(json.dumps(record, ensure_ascii=False) + "\n")
    for name in sorted(set(wanted) - found):
        print(f"{name}: no text with the hash of the marked one", file=sys.stderr)
    return 1 if len(found) < len(wanted) else 0


if __name__ == "__main__":
    sys.exit(main())
