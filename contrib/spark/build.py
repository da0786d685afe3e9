"""Runs the shards of a plan on the executors of a cluster and unites them in a lake.

    juesuan shard --source disclosures --target-files 20000 --out plan
    python contrib/spark/build.py --plan plan --lake lake --master spark://host:7077
    python contrib/spark/build.py --plan plan --lake lake --sail local-cluster

Spark hands out one shard a task; the unchanged program reads, models and reconciles it on the executor's own disk and writes
it to the lake. Sources, plan and lake lie where every executor sees them under the same path, and so does the program. A task
that fails or is lost is done again: each attempt has a folder of its own, and a shard enters the lake as a whole.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SCHEMA = "shard INT, seconds DOUBLE, host STRING"


def run_shard(number, settings):
    """One shard, from its list to the lake. What the program says of a failure is the task's error."""
    begun = time.time()
    work = Path(tempfile.mkdtemp(prefix=f"juesuan-{number}-", dir=settings["work"]))
    try:
        warehouse = work / "shard.duckdb"
        must([settings["juesuan"], "run", "--root", settings["root"], "--source", settings["lists"][number], "--warehouse",
              str(warehouse), "--extracts", str(work / "extracts"), "--workers", settings["workers"], "--accept", "--quiet"],
             settings)
        must([settings["juesuan"], "lake", str(warehouse), "--out", settings["lake"], "--shard", str(number), "--quiet"], settings)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return {"shard": number, "seconds": time.time() - begun, "host": os.uname().nodename}


def must(command, settings):
    ended = subprocess.run(command, cwd=settings["folder"], capture_output=True, text=True)
    if ended.returncode != 0:
        raise RuntimeError(f"{' '.join(command)} ended with {ended.returncode}: {ended.stderr.strip()}")


def on_executors(settings):
    """What each task does: Arrow batches of shard numbers come in, one row a shard goes out."""

    def work(batches):
        import pyarrow

        for batch in batches:
            rows = [run_shard(number, settings) for number in batch.column(0).to_pylist()]
            yield pyarrow.RecordBatch.from_pylist(rows, schema=pyarrow.schema(
                [("shard", pyarrow.int32()), ("seconds", pyarrow.float64()), ("host", pyarrow.string())]))

    return work


def build(session, settings):
    """All shards on the executors, then the union by one of them's program here. Gives a row a shard."""
    from pyspark import cloudpickle

    if __name__ != "__main__":
        # Executors have this file no more than they have the project.
        cloudpickle.register_pickle_by_value(sys.modules[__name__])
    numbers = sorted(settings["lists"])
    tasks = session.createDataFrame([(number,) for number in numbers], "shard INT").repartition(len(numbers), "shard")
    done = [row.asDict() for row in tasks.mapInArrow(on_executors(settings), SCHEMA).collect()]
    must([settings["juesuan"], "lake", "finish", settings["lake"], "--plan", settings["plan"], "--quiet"], settings)
    return done


def settings_of(plan, lake, juesuan="juesuan", work=None, workers=0):
    """Paths that every executor understands."""
    plan = Path(plan).resolve()
    described = json.loads((plan / "plan.json").read_text(encoding="utf-8"))
    return {
        "juesuan": juesuan,
        "root": described["root"],
        "plan": str(plan),
        "lake": str(Path(lake).resolve()),
        "lists": {shard["number"]: str(plan / shard["list"]) for shard in described["shards"]},
        "work": work,
        "workers": str(workers),
        "folder": os.getcwd(),
    }


def spark_session(master):
    """A session of Apache Spark: four attempts a shard, and never two of one at a time."""
    from pyspark.sql import SparkSession

    if master.startswith("local"):
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    made = SparkSession.builder.master(master).appName("juesuan")
    for key, value in {
        "spark.speculation": "false",
        "spark.task.maxFailures": "4",
        "spark.ui.enabled": "false",
        "spark.sql.session.timeZone": "UTC",
        # One shard a batch, and no shards put together into one task.
        "spark.sql.adaptive.enabled": "false",
        "spark.sql.execution.arrow.maxRecordsPerBatch": "1",
    }.items():
        made = made.config(key, value)
    return made.getOrCreate()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--plan", required=True, help="folder that `juesuan shard` wrote")
    parser.add_argument("--lake", required=True, help="folder of the lake")
    parser.add_argument("--juesuan", default="juesuan", help="the program, as every executor finds it")
    parser.add_argument("--work", help="folder on each executor's own disk [default: its temporary folder]")
    parser.add_argument("--workers", type=int, default=0, help="readers of one shard; 0 means one per processor")
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--master", help="address of a Spark cluster")
    where.add_argument("--sail", choices=["local", "local-cluster"], help="a Sail of this machine")
    given = parser.parse_args()
    if given.sail:
        from serve import sail_session

        session = sail_session(given.sail)
    else:
        session = spark_session(given.master)
    settings = settings_of(given.plan, given.lake, given.juesuan, given.work, given.workers)
    for row in build(session, settings):
        print(f"shard {row['shard']}: {row['seconds']:.1f} s on {row['host']}")


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    main()
