"""A lake as tables and marts of a Spark session, on Apache Spark or on Sail (pysail).

    from serve import open_lake
    open_lake(spark, "lake/tables")
    spark.sql("SELECT * FROM mart.v_department_year").show()

    python contrib/spark/serve.py lake/tables "SELECT count(*) FROM mart.v_outliers"    # in a Sail of its own
"""

import json
import re
import sys
from pathlib import Path

VIEWS = Path(__file__).resolve().parents[2] / "spark"
KINDS = {"VARCHAR": "STRING", "BOOLEAN": "BOOLEAN", "DATE": "DATE", "TIMESTAMP": "TIMESTAMP_NTZ", "INTEGER": "INT",
         "BIGINT": "BIGINT", "DOUBLE": "DOUBLE"}


def kind_in_spark(kind):
    """DuckDB's name of a type in Spark's words; what a lake never holds is an error."""
    if kind.endswith("[]"):
        return f"ARRAY<{kind_in_spark(kind[:-2])}>"
    return kind if kind.startswith("DECIMAL") else KINDS[kind]


def open_lake(spark, tables, views=VIEWS):
    """Makes every table and mart; types come from schema.json, never from paths: a region code is text."""
    tables = Path(tables).resolve()
    for schema in ("core", "audit", "mart"):
        spark.sql(f"CREATE DATABASE IF NOT EXISTS {schema}")
    for table in json.loads((tables / "schema.json").read_text(encoding="utf-8"))["tables"]:
        columns = [(column["name"], column["type"]) for column in table["columns"]]
        places = list(table["partitions"].items())
        listed = ", ".join(f"`{name}` {kind_in_spark(kind)}" for name, kind in columns + places)
        by = f" PARTITIONED BY ({', '.join(name for name, _ in places)})" if places else ""
        name, folder = f"{table['schema']}.{table['name']}", tables / table["schema"] / table["name"]
        spark.sql(f"CREATE TABLE IF NOT EXISTS {name} ({listed}) USING parquet{by} LOCATION '{folder}'")
        if places:
            recover_partitions(spark, name)
    for text in in_order(views).values():
        spark.sql(text.rstrip().rstrip(";"))


def recover_partitions(spark, name):
    """Spark keeps a list of folders; Sail looks at the disk."""
    if not type(spark).__module__.startswith("pyspark.sql.connect"):
        spark.sql(f"MSCK REPAIR TABLE {name}")


def in_order(views):
    """The marts by name, each after those it reads."""
    waiting = {path.stem: path.read_text(encoding="utf-8") for path in sorted(Path(views).glob("*.sql"))}
    ordered = {}
    while waiting:
        needs = lambda name: (set(re.findall(r"mart\.(\w+)", waiting[name])) - {name}) & set(waiting)
        ready = next(name for name in waiting if not needs(name))
        ordered[ready] = waiting.pop(ready)
    return ordered


def sail_session(mode="local"):
    """A Sail server in this process (its own workers in `local-cluster`) and a session of it."""
    import os

    os.environ["SAIL_MODE"] = mode
    from pysail.spark import SparkConnectServer
    from pyspark.sql import SparkSession

    server = SparkConnectServer(port=0)
    server.start(background=True)
    _, port = server.listening_address
    session = SparkSession.builder.remote(f"sc://localhost:{port}").getOrCreate()
    session.server = server  # it ends when nobody holds it
    return session


if __name__ == "__main__":
    session = sail_session()
    open_lake(session, sys.argv[1])
    session.sql(sys.argv[2]).show(truncate=False)
