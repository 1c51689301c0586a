#!/usr/bin/env python3
"""Run dateline over a large corpus on Spark, with one name for one body over the whole of it.

    spark-submit --files dateline job.py --input in.parquet --output out/ [--format parquet|jsonl|wet]

The program is a filter: one long-lived process a partition, a line in, a line out. Three steps:
each partition turns texts into records and sums up what they say of the corpus; the sums are
added up (they are associative and commutative, so in any order); each partition finishes its
records by the total. The result is what one machine writes with `--corpus on`.

A record that cannot be read is a row with an error and fails nothing. A worker that dies is
started again by Spark, and its partition is computed anew: no document is lost or there twice.
"""
import argparse
import itertools
import json
import os
import subprocess
import tempfile
import threading

from pyspark import SparkFiles, StorageLevel
from pyspark.sql import SparkSession
from pyspark.sql import functions as F
from pyspark.sql import types as T

RESULT = T.StructType([
    T.StructField("id", T.StringType()),
    T.StructField("language", T.StringType()),
    T.StructField("year", T.StringType()),
    T.StructField("published", T.StringType()),
    T.StructField("event", T.StringType()),
    T.StructField("event_place", T.StringType()),
    T.StructField("countries", T.ArrayType(T.StringType())),
    T.StructField("organizations", T.ArrayType(T.StringType())),
    T.StructField("donors", T.ArrayType(T.StringType())),
    T.StructField("error", T.StringType()),
    T.StructField("record", T.StringType()),
])


def program(name):
    """The binary that travels with the job, or one that every machine has."""
    shipped = SparkFiles.get(name)
    if not os.path.exists(shipped):
        return name
    if not os.access(shipped, os.X_OK):
        os.chmod(shipped, 0o755)
    return shipped


def through(command, lines):
    """Lines through a process, one out for one in, while both run: memory holds what is under way."""
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    fault = []

    def feed():
        try:
            with process.stdin as pipe:
                for line in lines:
                    pipe.write(line.encode() + b"\n")
        except Exception as error:  # told to the reading thread, which fails the task
            fault.append(error)
            process.kill()

    feeder = threading.Thread(target=feed, daemon=True)
    feeder.start()
    for line in process.stdout:
        yield line.decode().rstrip("\n")
    code = process.wait()
    feeder.join()
    if fault:
        raise fault[0]
    # 1: some documents failed, each of them a row
    if code not in (0, 1):
        raise RuntimeError(f"{command[0]} ended with {code}")


def batches(rows, schema, size=256):
    """Rows of plain values as Arrow batches."""
    import pyarrow
    rows = iter(rows)
    names = schema.names
    while chunk := list(itertools.islice(rows, size)):
        yield pyarrow.RecordBatch.from_pydict({name: [row[i] for row in chunk] for i, name in enumerate(names)}, schema=schema)


def lines_of(arrow):
    """The one column of text of Arrow batches, value by value."""
    for batch in arrow:
        yield from batch.column(0).to_pylist()


def extract(name, keep):
    """Texts to records that still carry what the corpus step needs."""

    def run(arrow):
        command = [program(name), "extract", "--from", "jsonl", "--format", "jsonl", "--corpus", "later",
                   "--date-column", "published", "-q", "-j", "1"]
        if keep:
            command += ["--pass-fields", ",".join(keep)]
        rows = (row for batch in arrow for row in batch.to_pylist())
        lines = (json.dumps(row, ensure_ascii=False, default=str) for row in rows)
        return batches(((line,) for line in through(command + ["-"], lines)), line_schema())

    return run


def summarize(name):
    """Records or sums to one sum; nothing to nothing."""

    def run(arrow):
        lines = lines_of(arrow)
        first = next(lines, None)
        if first is None:
            return iter(())
        command = [program(name), "merge", "--summary", "-q", "-j", "1", "-"]
        return batches(((line,) for line in through(command, itertools.chain([first], lines))), line_schema())

    return run


def finish(name, total):
    """Records to rows of the result, by the sum of the whole corpus."""

    def run(arrow):
        from pyspark.sql.pandas.types import to_arrow_schema
        command = [program(name), "merge", "--with", SparkFiles.get(total), "--format", "jsonl", "-q", "-j", "1", "-"]
        return batches(map(row, through(command, lines_of(arrow))), to_arrow_schema(RESULT))

    return run


def line_schema():
    import pyarrow
    return pyarrow.schema([("line", pyarrow.string())])


def row(line):
    record = json.loads(line)
    mentions = [m for m in record["mentions"] if m["zone"] == "body"]
    named = lambda kind, field: sorted({m[field] for m in mentions if m["type"] == kind and m.get(field)})
    place = record["event_place"]
    error = record.get("error")
    day = record["published"] or (record["event"] or "").partition("/")[0]
    return (
        record["id"], record["language"] or "none", day[:4] if day[:4].isdigit() else "none", record["published"], record["event"],
        place["name"] if place else None, named("place", "country"), named("organization", "name"),
        sorted({role["name"] for role in record["donors"]}), error["kind"] if error else None, line,
    )


def sources(spark, path, form):
    """A frame with id and text; published and other columns as the source has them."""
    if form == "parquet":
        return spark.read.parquet(path)
    if form == "jsonl":
        return spark.read.json(path)
    # WET: a plain text a record, under a header; the day of the crawl is not the day of publication
    lines = spark.sparkContext.newAPIHadoopFile(
        path, "org.apache.hadoop.mapreduce.lib.input.TextInputFormat", "org.apache.hadoop.io.LongWritable", "org.apache.hadoop.io.Text",
        conf={"textinputformat.record.delimiter": "WARC/1.0\r\n"}).map(lambda pair: pair[1])

    def parsed(record):
        head, _, text = record.partition("\r\n\r\n")
        fields = dict(line.split(": ", 1) for line in head.split("\r\n") if ": " in line)
        if fields.get("WARC-Type") == "conversion":
            yield fields.get("WARC-Record-ID", fields.get("WARC-Target-URI")), text.rstrip("\r\n"), fields.get("WARC-Target-URI")

    return lines.flatMap(parsed).toDF(T.StructType([T.StructField(name, T.StringType()) for name in ("id", "text", "url")]))


def main():
    flags = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    flags.add_argument("--input", required=True)
    flags.add_argument("--output", required=True)
    flags.add_argument("--format", choices=["parquet", "jsonl", "wet"], default="parquet")
    flags.add_argument("--binary", help="ship this binary with the job; without it, --files has brought one, or every machine has it")
    flags.add_argument("--name", default="dateline", help="the binary's name on the machines")
    flags.add_argument("--partitions", type=int, default=0)
    flags.add_argument("--pass-fields", default="", help="columns handed through into the records, with commas")
    flags = flags.parse_args()

    spark = SparkSession.builder.appName("dateline").getOrCreate()
    context = spark.sparkContext
    if flags.binary:
        context.addFile(flags.binary)
        flags.name = os.path.basename(flags.binary)
    frame = sources(spark, flags.input, flags.format)
    wanted = [name for name in ("id", "text", "published") if name in frame.columns]
    keep = [name for name in flags.pass_fields.split(",") if name]
    frame = frame.select(*wanted, *keep)
    if flags.partitions:
        frame = frame.repartition(flags.partitions)

    # once to the disk of the workers: they are wanted twice, for the sums and for the result
    records = frame.mapInArrow(extract(flags.name, keep), "line string").persist(StorageLevel.DISK_ONLY)
    sums = records.mapInArrow(summarize(flags.name), "line string")
    parts = records.rdd.getNumPartitions()
    while parts > 1:
        parts = max(1, parts // 16)
        sums = sums.repartition(parts).mapInArrow(summarize(flags.name), "line string")
    with tempfile.TemporaryDirectory() as folder:
        total = os.path.join(folder, "total.summary")
        with open(total, "w", encoding="utf-8") as file:
            file.writelines(row.line + "\n" for row in sums.collect())
        context.addFile(total)
        done = records.mapInArrow(finish(flags.name, "total.summary"), RESULT)
        done.write.mode("overwrite").partitionBy("language", "year").parquet(flags.output)
    failed = spark.read.parquet(flags.output).where(F.col("error").isNotNull()).count()
    print(f"documents that failed: {failed}")
    spark.stop()


if __name__ == "__main__":
    main()
