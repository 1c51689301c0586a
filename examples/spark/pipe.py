#!/usr/bin/env python3
"""The simple way: a folder of JSON Lines through the program with RDD.pipe, each line final at once.

    spark-submit pipe.py BINARY INPUT OUTPUT

Names of bodies are those of the program's tables; what only the whole corpus can tell is left to job.py.
"""
import sys

from pyspark.sql import SparkSession

binary, source, target = sys.argv[1:4]
spark = SparkSession.builder.appName("dateline-pipe").getOrCreate()
lines = spark.sparkContext.textFile(source)
lines.pipe(f"{binary} extract --from jsonl --format jsonl -q -j 1 -").saveAsTextFile(target)
spark.stop()
