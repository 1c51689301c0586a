#!/usr/bin/env python3
"""Print throughput beside `wc -w` on the same texts: MB of UTF-8 text per second of processor time, one thread.

usage: ratio.py DATELINE TEXTS.jsonl [RUNS]

TEXTS.jsonl has a document a line with "id" and "text". The two commands take turns; medians are printed.
Memory is the largest that a run held.
"""
import json
import os
import statistics
import subprocess
import sys
import tempfile


def run(command):
    """Seconds of processor time and megabytes held at most."""
    with open(os.devnull, "wb") as sink:
        child = subprocess.Popen(command, stdout=sink, stderr=sink, env={**os.environ, "LC_ALL": "C.UTF-8"})
        _, status, usage = os.wait4(child.pid, 0)
    if status:
        sys.exit(f"{command[0]} failed")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main():
    dateline, texts = sys.argv[1], sys.argv[2]
    runs = int(sys.argv[3]) if len(sys.argv) > 3 else 5
    with tempfile.TemporaryDirectory() as folder:
        plain, out = os.path.join(folder, "texts.txt"), os.path.join(folder, "out.jsonl")
        with open(plain, "w", encoding="utf-8") as sink:
            for line in open(texts, encoding="utf-8"):
                sink.write(json.loads(line)["text"] + "\n")
        size = os.path.getsize(plain) / 1e6
        commands = {
            "dateline, all types, JSON Lines": [dateline, "extract", "-q", "-j", "1", "--from", "jsonl", "--corpus", "off", texts, "-o", out],
            "dateline, the same with the corpus step": [dateline, "extract", "-q", "-j", "1", "--from", "jsonl", "--corpus", "on", texts, "-o", out],
            "dateline --fast": [dateline, "extract", "-q", "-j", "1", "--from", "jsonl", "--corpus", "off", "--fast", texts, "-o", out],
            "wc -w": ["wc", "-w", plain],
        }
        measured = {name: [] for name in commands}
        for _ in range(runs):
            for name, command in commands.items():
                measured[name].append(run(command))
        base = statistics.median(seconds for seconds, _ in measured["wc -w"])
        print(f"{size:.1f} MB of text, {runs} runs, medians\n\n| | MB per CPU-second | of `wc -w` | peak memory, MB |\n|---|---|---|---|")
        for name, results in measured.items():
            seconds = statistics.median(s for s, _ in results)
            print(f"| {name} | {size / seconds:.1f} | 1/{seconds / base:.1f} | {max(m for _, m in results):.0f} |")


if __name__ == "__main__":
    main()
