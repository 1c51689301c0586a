#!/usr/bin/env python3
"""Check Cargo.lock: every crate has an allowed licence and a row in .ci/crates.tsv that says it was looked through.

usage: crates.py            check; exit 1 when a crate is new, changed, or not licensed as allowed
       crates.py --write    write .ci/crates.tsv anew (after looking through what changed)

The advisory database is a git repository that a machine without open network cannot reach, so this check
holds the lock file to what a person approved; where `cargo audit` is installed and finds its database, run it as well.
"""
import json
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
TABLE = HERE / "crates.tsv"
ALLOWED = {"MIT", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "Zlib", "Unicode-3.0", "Unlicense", "0BSD", "CC0-1.0", "BSL-1.0", "MIT-0", "Apache-2.0 WITH LLVM-exception"}


def allowed(expression):
    """Whether an SPDX expression of AND, OR and brackets can be met by allowed licences alone."""
    expression = expression.replace("/", " OR ").strip()
    if expression.startswith("(") and matching(expression) == len(expression) - 1:
        return allowed(expression[1:-1])
    for word, join in ((" OR ", any), (" AND ", all)):
        parts = split(expression, word)
        if len(parts) > 1:
            return join(allowed(part) for part in parts)
    return expression in ALLOWED


def matching(expression):
    depth = 0
    for i, c in enumerate(expression):
        depth += (c == "(") - (c == ")")
        if depth == 0:
            return i
    return -1


def split(expression, word):
    parts, depth, start, i = [], 0, 0, 0
    while i < len(expression):
        depth += (expression[i] == "(") - (expression[i] == ")")
        if depth == 0 and expression.startswith(word, i):
            parts.append(expression[start:i])
            start = i = i + len(word)
            continue
        i += 1
    return parts + [expression[start:]]


def main():
    command = ["cargo", "metadata", "--locked", "--format-version", "1"]
    packages = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, cwd=HERE.parent).stdout)["packages"]
    crates = sorted((p["name"], p["version"], p.get("license") or "none") for p in packages if p["source"])
    if "--write" in sys.argv:
        rows = "".join("\t".join(crate) + "\n" for crate in crates)
        TABLE.write_text("# Crates looked through: kept up, no advisory known, licence allowed. Made by .ci/crates.py --write\nname\tversion\tlicence\n" + rows)
    known = {tuple(line.split("\t")) for line in TABLE.read_text().splitlines()[2:]}
    problems = [f"{n} {v}: licence {l!r} is not allowed" for n, v, l in crates if not allowed(l)]
    problems += [f"{n} {v} ({l}) is not in .ci/crates.tsv: look through it, then add it" for n, v, l in crates if (n, v, l) not in known]
    print("\n".join(problems) or f"{len(crates)} crates, all approved")
    return bool(problems)


if __name__ == "__main__":
    sys.exit(main())
