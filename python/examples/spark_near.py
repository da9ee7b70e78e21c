"""Near copies of a dump on Spark, as one script:

    spark-submit … spark_near.py INPUT OUTPUT

INPUT is a folder or file of Parquet, or of JSON Lines where its name says so; OUTPUT a folder of Parquet with the columns of
`dedup.spark.cluster`. docs/spark.md says how the package gets to the executors.
"""

import sys

from pyspark.sql import SparkSession

import dedup.spark


def main(source: str, target: str) -> None:
    spark = SparkSession.builder.appName("near copies").getOrCreate()
    frame = spark.read.json(source) if ".jsonl" in source else spark.read.parquet(source)
    dedup.spark.cluster(frame).write.mode("overwrite").parquet(target)
    spark.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
