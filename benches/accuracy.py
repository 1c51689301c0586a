#!/usr/bin/env python3
"""Print the README's accuracy tables.

usage: accuracy.py DATELINE SET...

A SET is a folder with gold.jsonl and texts/ (see `dateline evaluate --help`); where it has inputs.jsonl,
texts are read from there, with the publication day that the set gives.
"""
import json
import subprocess
import sys
from pathlib import Path

COLUMNS = [("date", "strict"), ("date", "value"), ("place", "strict"), ("place", "value"), ("organization", "strict"), ("organization", "overlap"),
           ("person", "overlap"), ("project", "overlap"), ("money", "value"), ("donors", "entity"), ("implementers", "entity"), ("organizers", "entity")]
FACTS = ["language", "title", "published", "event", "event_place", "linked across documents", "names that mean one body"]


def figures(dateline, folder):
    texts = next((folder / name for name in ("inputs.jsonl", "texts", "releases") if (folder / name).exists()), folder)
    done = subprocess.run([dateline, "evaluate", "--json", str(folder), str(texts)], check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    return json.loads(done.stdout)


def cell(found, key):
    figure = found.get(key)
    return "" if figure is None else f"{figure.get('f1', figure.get('accuracy')):.3f}".removeprefix("0")


def main():
    dateline, sets = sys.argv[1], [Path(p) for p in sys.argv[2:]]
    all_figures = {folder.name: figures(dateline, folder) for folder in sets}
    print("| set | " + " | ".join(f"{kind} {what}" for kind, what in COLUMNS) + " |")
    print("|---|" + "---|" * len(COLUMNS))
    for name, found in all_figures.items():
        for language in ("", "/en", "/ru"):
            if language and f"date/en strict" not in found and f"date/ru strict" not in found:
                continue
            if language and not any(f"{kind}{other} {what}" in found for kind, what in COLUMNS for other in {"/en", "/ru"} - {language}):
                continue
            cells = [cell(found, f"{kind}{language} {what}") for kind, what in COLUMNS]
            if any(cells):
                print(f"| {name}{language.replace('/', ', ')} | " + " | ".join(cells) + " |")
    print("\n| set | " + " | ".join(FACTS) + " | furniture masked / of the release | places within 161 km |")
    print("|---|" + "---|" * (len(FACTS) + 2))
    for name, found in all_figures.items():
        cells = [cell(found, fact) for fact in FACTS]
        mask = found.get("furniture masked")
        near = found.get("place coordinates")
        cells.append(f"{mask['of furniture']:.3f} / {mask['of release']:.4f}" if mask else "")
        cells.append(f"{near['within 161 km']:.3f} of {near['of']}, median {near['median km']:.0f} km" if near else "")
        if any(cells):
            print(f"| {name} | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
