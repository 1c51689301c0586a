#!/usr/bin/env python3
"""Print how time and memory grow: with the size of a corpus, with a document's length, with the number of files, with threads.

usage: scale.py DATELINE TEXTS.jsonl [MEGABYTES] [FILES]

TEXTS.jsonl has a document a line with "id" and "text". A corpus of MEGABYTES (135 when not given) is
the texts again and again with new ids, so all but the first are copies. They go through a pipe, so
that no disk is filled but by the corpus step's temporary files. One document
is made of the texts, cut at a length, of lists, and of pages, which another process parses: its memory
counts where it is the larger. FILES (10000 when not given) small files are
written to a temporary folder, a thousand in each of its folders, and a tenth of them, and a hundredth.
Seconds are of processor time but for the threads, where they are of the clock; memory is of the process.
"""
import json
import os
import subprocess
import sys
import tempfile
import time


def run(command, feed=None):
    """Seconds of processor time, of the clock, and the most megabytes held."""
    # a child of a large process is born with its size, so a shell starts it
    started = time.monotonic()
    watched = ["/usr/bin/time", "-f", "%U %S %M", *command]
    child = subprocess.Popen(watched, stdin=subprocess.PIPE if feed else subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    if feed:
        for piece in feed:
            child.stdin.write(piece)
        child.stdin.close()
    said = child.stderr.read().decode().split("\n")
    if child.wait():
        sys.exit(f"{command[0]} failed: {said}")
    user, system, memory = said[-2].split()
    return float(user) + float(system), time.monotonic() - started, int(memory) / 1024


def stream(texts, size):
    """The texts again and again, until so many bytes of them have gone."""
    quoted = [(json.dumps(text, ensure_ascii=False).encode(), len(text.encode())) for text in texts]
    sent = number = 0
    while sent < size:
        for text, length in quoted:
            yield b'{"id":"%d","text":%s}\n' % (number, text)
            sent, number = sent + length, number + 1
            if sent >= size:
                return


def main():
    dateline, source = sys.argv[1], sys.argv[2]
    most = float(sys.argv[3]) if len(sys.argv) > 3 else 135
    files = int(sys.argv[4]) if len(sys.argv) > 4 else 10_000
    with open(source, encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    extract = [dateline, "extract", "-q", "-j", "1"]

    print("| corpus | MB of text | CPU-seconds | MB per CPU-second | peak memory, MB |\n|---|---|---|---|---|")
    for size in (most / 9, most / 3, most):
        for step in ("off", "on"):
            command = [*extract, "--from", "jsonl", "--format", "jsonl", "--corpus", step, "-"]
            seconds, _, memory = run(command, stream(texts, size * 1e6))
            print(f"| a stream, corpus step {step} | {size:.0f} | {seconds:.1f} | {size / seconds:.1f} | {memory:.0f} |", flush=True)

    prose = "\n".join(texts)
    names = sorted({word for word in prose[:1_200_000].title().split() if word.isalpha() and len(word) > 3})
    towns = ("Osh", "Naryn", "Tashkent", "Paris", "Geneva", "Ош", "Нарын", "Ташкент", "Париж", "Женева")
    kinds = {
        "the texts": prose,
        "the texts as one line": prose.replace("\n", " "),
        "a list of dates": "".join(f"{n % 28 + 1} May {1990 + n % 30}\n" for n in range(800_000)),
        "a list of bodies": "".join(f"{word} Water {other} Fund\n" for word in ("Lotus", "Alpha", "Green") for other in prose[:1_200_000].title().split()),
        "a list of bodies, each once": "".join(f"Фонд «{word} {number}»\n" for number in range(300) for word in names[:2000]),
        "a list of people": "".join(f"Anna {names[number % len(names)]}, director of the {names[number * 7 % len(names)]} Fund\n" for number in range(300_000)),
        "a list of places": "".join(f"{towns[number % 10]}, {towns[number * 7 % 9]}\n" for number in range(900_000)),
        "a page of paragraphs": "<article>" + "".join(f"<p class=text>{line}</p>\n" for line in prose.split("\n")),
        "a page with a list": "<ul>" + "".join(f"<li><a href=/{number}>{names[number % len(names)]}</a>, {number}\n" for number in range(300_000)),
        "a page with a table": "<table>" + "".join(f"<tr><td>{number}</td><td>{towns[number % 10]}</td><td>{number * 31 % 10_007} USD</td></tr>\n" for number in range(200_000)),
        "a table of numbers": "".join(f"{number},{number % 977}.5,{number * 31 % 10_007} USD,{towns[number % 10]}\n" for number in range(500_000)),
    }
    print("\n| one document | MB of text | CPU-seconds | seconds per MB | peak memory, MB | with the corpus step, MB |\n|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for kind, text in kinds.items():
            path = os.path.join(folder, "one.html" if text.startswith("<") else "one.txt")
            for size in (1, 5, 10):
                part = text.encode()[: size * 1_000_000].decode(errors="ignore")
                length = len(part.encode()) / 1e6
                with open(path, "w", encoding="utf-8") as sink:
                    sink.write(part)
                command = [*extract, "--format", "jsonl", "--corpus"]
                seconds, _, memory = run([*command, "off", path])
                held = run([*command, "on", path])[2]
                print(f"| {kind} | {length:.1f} | {seconds:.1f} | {seconds / length:.2f} | {memory:.0f} | {held:.0f} |", flush=True)

    print("\n| small files | CPU-seconds | milliseconds a file | peak memory, MB |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        written = 0
        for count in (files // 100, files // 10, files):
            for number in range(written, count):
                inner = os.path.join(folder, str(number // 1000))
                os.makedirs(inner, exist_ok=True)
                with open(os.path.join(inner, f"{number}.txt"), "w", encoding="utf-8") as sink:
                    sink.write(f"Osh, {number % 28 + 1} May 2020. The Lotus Rural Fund opened school {number} in Osh with support from UNDP.\n")
            written = count
            seconds, _, memory = run([*extract, "--format", "jsonl", "--corpus", "off", folder])
            print(f"| {count} | {seconds:.1f} | {seconds * 1000 / count:.3f} | {memory:.0f} |", flush=True)

    one, two = (run([*extract[:-1], threads, "--from", "jsonl", "--corpus", "off", "--format", "jsonl", source])[1] for threads in "12")
    print(f"\nTwo threads: {one / two:.2f} times one, by the clock.")


if __name__ == "__main__":
    main()
