#!/usr/bin/env python3
"""Print how time and memory grow: with the number of documents, with a document's length, with threads.

usage: scale.py DATELINE TEXTS.jsonl

TEXTS.jsonl has a document a line with "id" and "text". It is read once, three times and nine times over;
then one document is made of a third of its texts, of two thirds and of all; then one and two threads.
Seconds are of processor time but for the threads, where they are of the clock.
"""
import json
import os
import subprocess
import sys
import tempfile
import time


def run(command):
    """Seconds of processor time, of the clock, and the most megabytes held."""
    started = time.monotonic()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    if status:
        sys.exit(f"{command[0]} failed")
    return usage.ru_utime + usage.ru_stime, time.monotonic() - started, usage.ru_maxrss / 1024


def main():
    dateline, source = sys.argv[1], sys.argv[2]
    lines = open(source, encoding="utf-8").read().splitlines()
    texts = [json.loads(line)["text"] for line in lines]
    size = sum(len(text.encode()) for text in texts) / 1e6
    with tempfile.TemporaryDirectory() as folder:
        path, out = os.path.join(folder, "texts.jsonl"), os.path.join(folder, "out.jsonl")

        def extract(*more):
            return run([dateline, "extract", "-q", "--from", "jsonl", path, "-o", out, *more])

        print("| | MB of text | CPU-seconds | MB per CPU-second | peak memory, MB |\n|---|---|---|---|---|")
        for times in (1, 3, 9):
            with open(path, "w", encoding="utf-8") as sink:
                for again in range(times):
                    for number, text in enumerate(texts):
                        sink.write(json.dumps({"id": f"{again}-{number}", "text": text}, ensure_ascii=False) + "\n")
            for step in ("off", "on"):
                seconds, _, memory = extract("-j", "1", "--corpus", step)
                named = f"{times * len(texts)} documents, corpus step {step}"
                print(f"| {named} | {times * size:.0f} | {seconds:.1f} | {times * size / seconds:.1f} | {memory:.0f} |")
        for part in (1, 2, 3):
            joined = "\n".join(texts[: len(texts) * part // 3])
            with open(path, "w", encoding="utf-8") as sink:
                sink.write(json.dumps({"id": "one", "text": joined}, ensure_ascii=False) + "\n")
            seconds, _, memory = extract("-j", "1", "--corpus", "off")
            length = len(joined.encode()) / 1e6
            print(f"| one document | {length:.0f} | {seconds:.1f} | {length / seconds:.1f} | {memory:.0f} |")
        with open(path, "w", encoding="utf-8") as sink:
            sink.writelines(line + "\n" for line in lines)
        one, two = (extract("-j", threads, "--corpus", "off")[1] for threads in "12")
        print(f"\nTwo threads: {one / two:.2f} times one, by the clock.")


if __name__ == "__main__":
    main()
