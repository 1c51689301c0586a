#!/usr/bin/env python3
"""Print the README's accuracy tables: ours beside those of other tools, one table a kind.

usage: accuracy.py DATELINE SET...

A SET is a folder with gold.jsonl and texts/ (see `dateline evaluate --help`); where it has inputs.jsonl, texts are read
from there, with the publication day that the set gives. A SET that ends in .tsv has a language and a text a line. What
other tools reach stands in peers.tsv beside this file, which says how each figure was got; where each set is to be had
stands in SETS below. Standard library only.
"""
import json
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

# the folder's name: name and part, licence, where the set is to be had
SETS = {
    "samples": ("samples, made for the project", "MIT or Apache-2.0", "data/samples"),
    "meantime-dev": ("MEANTIME, dev half †", "CC BY 4.0", "http://www.newsreader-project.eu/results/data/wikinews/"),
    "nerel-dev": ("NEREL 1.1, dev", "texts CC BY 2.5", "https://github.com/nerel-ds/NEREL"),
    "gum-dev": ("GUM, dev", "annotation CC BY 4.0", "https://github.com/amir-zeldes/gum"),
    "geovirus-dev": ("GeoVirus, dev half", "texts CC BY 2.5", "https://github.com/milangritta/Geocoding-with-Map-Vector"),
    "wikiwars-train": ("WikiWars, half", "CC BY-SA 3.0", "https://timexportal.github.io/corpora-wikiwars"),
    "duckling-en-dates": ("Duckling, English dates", "BSD-3-Clause", "https://github.com/facebook/duckling"),
    "duckling-ru-dates": ("Duckling, Russian dates", "BSD-3-Clause", "https://github.com/facebook/duckling"),
    "uner-en-ewt-dev": ("UNER English EWT, dev", "CC BY-SA 4.0", "https://github.com/UniversalNER"),
    "factrueval-dev": ("factRuEval-2016, dev †", "MIT", "https://github.com/dialogue-evaluation/factRuEval-2016"),
    "grobid-funding-dev": ("GROBID funding statements, dev half", "Apache-2.0", "https://github.com/kermitt2/grobid"),
    "us-releases-held": ("U.S. Congress, 48 releases of ours", "texts public domain", "data/names/marks"),
    "langid-udhr.tsv": ("Universal Declaration of Human Rights, paragraphs", "public", "https://www.unicode.org/udhr/"),
}
# the set's own convention of marking dates, of the parts of --dates: each set with one is read by it as well
CONVENTIONS = {
    "meantime-dev": "extents,ends",  # TIMEX3
    "wikiwars-train": "extents,ends",  # TIMEX2
    "nerel-dev": "extents,retold,no-stop,durations",  # whole phrases, durations are dates
    "gum-dev": "ends,decades,periods",  # TEI: each end apart, from and to in days
    "duckling-en-dates": "extents,parts,distances,solar-seasons",  # intervals
    "duckling-ru-dates": "extents,parts,distances,solar-seasons",
}
ALL_NAMES = ("place", "organization", "person")


def evaluated(dateline, folder, *flags):
    """The figures of `dateline evaluate`, by name, and the records themselves."""
    texts = next((folder / name for name in ("inputs.jsonl", "texts", "releases") if (folder / name).exists()), folder)
    with tempfile.TemporaryDirectory() as temporary:
        result = Path(temporary) / "result.jsonl"
        known_day = ["--from", "jsonl", "--date-column", "published"] if texts.suffix == ".jsonl" else []
        subprocess.run([dateline, "extract", "-q", *flags, *known_day, str(texts), "-o", str(result)], stderr=subprocess.DEVNULL)
        done = subprocess.run([dateline, "evaluate", "--json", str(folder), str(result)], check=True, stdout=subprocess.PIPE)
        figures = json.loads(done.stdout)
        records = {record["id"]: record for record in map(json.loads, result.read_text(encoding="utf-8").splitlines())}
    return figures, records


def gold(folder):
    return [json.loads(line) for line in (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines() if line.strip()]


def f1(figure):
    return figure.get("f1", figure.get("accuracy"))


def all_names(figures, how):
    """F1 over places, organizations and people together, from the three kinds' precision, recall and number."""
    hits = found = wanted = 0.0
    for kind in ALL_NAMES:
        figure = figures.get(f"{kind} {how}")
        if figure and figure["p"]:
            hit = figure["r"] * figure["gold"]
            hits, found, wanted = hits + hit, found + hit / figure["p"], wanted + figure["gold"]
    return 2 * hits / (found + wanted) if wanted else None


def funders(folder, records):
    """Precision and recall of donors over whole texts: a donor is right when one of its mentions overlaps a marked funder."""
    right = said = hit = marked = 0
    for document in gold(folder):
        record = records.get(document["id"], {})
        wanted = [mention for mention in document["mentions"] if mention.get("donor")]
        entities = {role["entity"] for role in record.get("donors") or []}
        spans = defaultdict(list)
        for mention in record.get("mentions") or []:
            if mention.get("entity") in entities:
                spans[mention["entity"]].append((mention["start"], mention["end"]))
        overlaps = lambda mention, span: mention["start"] < span[1] and span[0] < mention["end"]
        said += len(spans)
        right += sum(any(overlaps(m, span) for m in wanted for span in own) for own in spans.values())
        marked += len(wanted)
        hit += sum(any(overlaps(m, span) for own in spans.values() for span in own) for m in wanted)
    precision, recall = right / max(said, 1), hit / max(marked, 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9), marked


def languages(dateline, table):
    """The share of texts of each language that get it: those that the tool knows by name."""
    rows = [line.split("\t", 1) for line in table.read_text(encoding="utf-8").splitlines() if "\t" in line]
    lines = "".join(json.dumps({"id": str(n), "text": text}, ensure_ascii=False) + "\n" for n, (_, text) in enumerate(rows))
    run = [dateline, "extract", "-q", "--from", "jsonl", "-", "--format", "jsonl", "--corpus", "off"]
    done = subprocess.run(run, input=lines.encode(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    found = {record["id"]: record.get("language") for record in map(json.loads, done.stdout.splitlines())}
    right, total, taken = Counter(), Counter(), Counter()
    for number, (language, _) in enumerate(rows):
        code = language.split("-")[0]
        total[code] += 1
        right[code] += found.get(str(number)) == code
        if found.get(str(number)) in ("en", "ru") and found[str(number)] != code:
            taken[found[str(number)]] += 1
    return right, total, taken


def shown(value):
    return "" if value is None else f"{value:.3f}".removeprefix("0")


def peers():
    found = defaultdict(list)
    for line in (Path(__file__).parent / "peers.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith(("#", "kind\t")):
            _, where, figure, tool, value, how = line.split("\t")
            found[where, figure].append((tool, value, how))
    return found


def table(head, rows):
    print("| " + " | ".join(head) + " |\n|" + "---|" * len(head))
    for row in rows:
        print("| " + " | ".join(row) + " |")
    print()


def name_of(folder):
    return SETS.get(folder.name, (folder.name, "", ""))[0]


def others(known, where, figures):
    """What other tools reach: `tool strict / overlap` where there are two figures."""
    tools = defaultdict(dict)
    for figure in figures:
        for tool, value, how in known.get((where, figure), []):
            tools[tool][figure] = (value, how)
    said = []
    for tool, values in tools.items():
        how = "‡" if any(h.startswith("published") for _, h in values.values()) else ""
        said.append(f"{tool}{how} " + " / ".join(values[f][0] for f in figures if f in values))
    return "; ".join(said)


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    dateline, sets = sys.argv[1], [Path(p) for p in sys.argv[2:]]
    folders = [folder for folder in sets if folder.is_dir()]
    known = peers()
    results = {folder: evaluated(dateline, folder) for folder in folders}

    print("**Dates** (F1; *strict* the same bounds, *overlap* a shared character, *value* overlap and the same value)\n")
    rows = []
    for folder, (figures, _) in results.items():
        if any(f"date {how}" in figures for how in ("strict", "value")):
            ours = [shown(f1(figures[f"date {how}"])) if f"date {how}" in figures else "" for how in ("strict", "overlap", "value")]
            theirs = [others(known, folder.name, ["date value"]), others(known, folder.name, ["date strict", "date overlap"])]
            rows.append([name_of(folder), *ours, "; ".join(filter(None, [theirs[0] and "value: " + theirs[0], theirs[1] and "strict / overlap: " + theirs[1]]))])
            if ways := CONVENTIONS.get(folder.name):
                figures, _ = evaluated(dateline, folder, "--dates", ways)
                rows.append([f"by its convention: `{ways}`", *(shown(f1(figures[f"date {how}"])) if f"date {how}" in figures else "" for how in ("strict", "overlap", "value")), ""])
    table(["set", "strict", "overlap", "value", "others"], rows)

    print("**Names** (F1, strict / overlap)\n")
    rows = []
    for folder, (figures, _) in results.items():
        if not any(f"{kind} strict" in figures for kind in ("organization", "person")):
            continue
        for kind in (*ALL_NAMES, "all names"):
            pair = [all_names(figures, how) if kind == "all names" else f1(figures[f"{kind} {how}"]) if f"{kind} {how}" in figures else None for how in ("strict", "overlap")]
            theirs = others(known, folder.name, [f"{kind} strict", f"{kind} overlap"])
            if pair[0] is not None and (kind != "all names" or theirs):
                rows.append([name_of(folder), {"organization": "organizations", "person": "people", "place": "places"}.get(kind, kind), " / ".join(map(shown, pair)), theirs])
    table(["set", "kind", "dateline", "others"], rows)

    print("**The faster setting** (`--fast`, names without the model; F1 strict / overlap, by default and with it)\n")
    rows = []
    for folder, (figures, _) in results.items():
        if any(f"{kind} strict" in figures for kind in ("organization", "person")):
            fast, _ = evaluated(dateline, folder, "--fast")
            pairs = lambda own, kind: " / ".join(shown(f1(own[f"{kind} {how}"])) for how in ("strict", "overlap")) if f"{kind} strict" in own else ""
            rows.append([name_of(folder), *(f"{a}; {b}" if (a := pairs(figures, kind)) and (b := pairs(fast, kind)) else "" for kind in ("organization", "person", "place"))])
    table(["set", "organizations", "people", "places"], rows)

    print("**Toponyms** (found: F1 of bounds; of those found, the share within 161 km and the median error)\n")
    rows = []
    for folder, (figures, _) in results.items():
        near = figures.get("place coordinates")
        if near:
            found = figures.get("place strict")
            rows.append([name_of(folder), shown(f1(found)) if found else "", f"{near['within 161 km']:.3f} of {near['of']}", f"{near['median km']:.0f} km", others(known, folder.name, ["within 161 km"])])
    table(["set", "strict", "within 161 km", "median", "others"], rows)

    rows = []
    for folder, (_, records) in results.items():
        if any(mention.get("donor") for document in gold(folder) for mention in document["mentions"]):
            precision, recall, score, marked = funders(folder, records)
            rows.append([name_of(folder), shown(precision), shown(recall), shown(score), str(marked), others(known, folder.name, ["funders"]) or "none known to us"])
    if rows:
        print("**Funders** (donors that the whole pipeline finds in the texts, against the marked funders; a shared character)\n")
        table(["set", "precision", "recall", "F1", "marked", "others"], rows)

    for tsv in (path for path in sets if path.suffix == ".tsv"):
        right, total, taken = languages(dateline, tsv)
        print("**Language** (paragraphs that get their own)\n")
        rows = [[name_of(tsv), code, f"{right[code]} of {total[code]}", others(known, tsv.name, [code])] for code in ("en", "ru") if total[code]]
        rest = {code: n for code, n in total.items() if code not in ("en", "ru")}
        if rest:
            wrong = ", ".join(f"{n} as {code}" for code, n in sorted(taken.items())) or "none as English or Russian"
            rows.append([name_of(tsv), f"{len(rest)} others", f"{sum(right[code] for code in rest)} of {sum(rest.values())}; {wrong}", ""])
        table(["set", "language", "dateline", "others"], rows)

    print("**What stands in a release** (F1 of bodies by role; of facts the share that is right)\n")
    facts = ["title", "published", "event", "event_place", "linked across documents", "names that mean one body"]
    roles = ["donors entity", "implementers entity", "organizers entity"]
    rows = []
    for folder, (figures, _) in results.items():
        if "event" in figures or "donors entity" in figures and "event_place" in figures:
            rows.append([name_of(folder)] + [shown(f1(figures[key])) if key in figures else "" for key in (*facts, *(role for role in roles))])
    if rows:
        table(["set", *facts, *[role.split()[0] for role in roles]], rows)

    print("Sets: " + "; ".join(f"[{name}]({where}) ({licence})" for name, licence, where in (SETS[path.name] for path in sets if path.name in SETS)) + ".")


if __name__ == "__main__":
    main()
