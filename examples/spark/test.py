#!/usr/bin/env python3
"""The job on a local cluster of two executors, against one machine.

    test.py DATELINE [RECORDS]

Reads the samples and RECORDS generated documents (20,000 without it), kills one executor in the
middle of the work, and compares every record with what one process writes. Needs PySpark and Java.
"""
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
SAMPLES = HERE.parent.parent / "data" / "samples" / "releases"


def documents(count):
    """The samples, then invented ones: some poisoned, some that only the corpus can join."""
    for path in sorted(SAMPLES.iterdir()):
        yield {"id": path.name, "text": path.read_text(encoding="utf-8", errors="replace"), "url": f"https://example.org/{path.name}"}
    pick = random.Random(7)
    for n in range(count):
        day, town = pick.randint(1, 28), pick.choice(["Osh", "Naryn", "Khujand", "Gyumri", "Kutaisi"])
        full = "The Lotus Rural Development Fund (LRDF)" if n % 5 == 0 else "LRDF"
        text = f"{town}, {day} May 2020. {full} opened school {n} in {town} with support from UNDP and the European Union."
        if n % 1000 == 17:
            text = "" if n % 2 else None
        elif n % 1000 == 400:
            text = "\u0000\ufffd {" + "[" * 500
        yield {"id": f"made/{n:06}", "text": text, "url": None}


def single(binary, source, target):
    command = [binary, "extract", "--from", "jsonl", "--format", "jsonl", "--corpus", "on", "--pass-fields", "url", "-q", "-o", target, source]
    code = subprocess.run(command, stderr=subprocess.DEVNULL).returncode
    assert code in (0, 1), code
    with open(target, encoding="utf-8") as lines:
        return {json.loads(line)["id"]: json.loads(line) for line in lines}


def kill_an_executor(session, killed):
    """Waits until an executor is at work, then ends its process without a word."""
    running = lambda words: subprocess.run(["pgrep", "-s", str(session), "-f", words], stdout=subprocess.PIPE, text=True).stdout.split()
    while not killed:
        time.sleep(0.2)
        executors = running("CoarseGrainedExecutorBackend")
        if executors and running("extract --from jsonl --format jsonl --corpus later"):
            os.kill(int(executors[-1]), 9)
            killed.append(executors[-1])


def main():
    binary = os.path.abspath(sys.argv[1])
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 20_000
    if not shutil.which("java"):
        print("skipped: Java is missing")
        return
    import pyspark
    folder = Path(tempfile.mkdtemp())
    source = folder / "in.jsonl"
    with source.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(document, ensure_ascii=False) + "\n" for document in documents(count))
    expected = single(binary, str(source), str(folder / "one.jsonl"))
    home = Path(pyspark.__file__).parent
    environment = dict(os.environ, SPARK_HOME=str(home), SPARK_LOCAL_IP="127.0.0.1", SPARK_SCALA_VERSION="2.12", PYSPARK_PYTHON=sys.executable)
    command = [str(home / "bin" / "spark-submit"), "--master", "local-cluster[2,1,1024]", "--conf", "spark.ui.enabled=false",
               "--conf", "spark.driver.host=127.0.0.1", "--conf", "spark.driver.bindAddress=127.0.0.1", "--conf", "spark.task.maxFailures=8",
               str(HERE / "job.py"), "--binary", binary, "--format", "jsonl", "--input", str(source), "--output", str(folder / "out"),
               "--partitions", "8", "--pass-fields", "url"]
    killed = []
    log = folder / "spark.log"
    with log.open("w") as file:
        # a session of its own, so that no other Spark on this machine loses an executor
        job = subprocess.Popen(command, env=environment, stdout=file, stderr=subprocess.STDOUT, cwd=folder, start_new_session=True)
        threading.Thread(target=kill_an_executor, args=(job.pid, killed), daemon=True).start()
        code = job.wait()
    if code:
        print(log.read_text()[-6000:])
        sys.exit(f"spark-submit ended with {code}")
    import pyarrow.dataset
    table = pyarrow.dataset.dataset(folder / "out", format="parquet", partitioning="hive").to_table(columns=["id", "record"]).to_pylist()
    got = {row["id"]: json.loads(row["record"]) for row in table}
    assert len(table) == len(got) == len(expected), (len(table), len(got), len(expected))
    wrong = [key for key in expected if got.get(key) != expected[key]]
    assert not wrong, (len(wrong), wrong[:3], got.get(wrong[0]), expected[wrong[0]])
    assert killed or count < 1000, "the work was over before an executor could be killed"
    joined = sum("decided over the corpus" in row["record"] for row in table)
    assert joined or count < 100, "the corpus step has joined nothing"
    failed = sum("error" in record for record in got.values())
    shutil.rmtree(folder)
    print(f"{len(got)} documents, each once and as on one machine; {failed} failed, {joined} with a name from the corpus; executor killed: {bool(killed)}")


if __name__ == "__main__":
    main()
