"""A lake of the sample (or of JUESUAN_SOURCE), built by shards on the engine under test.

JUESUAN is the program. JUESUAN_SPARK_MASTER is a Spark to test instead of Sail, e.g. local-cluster[2,1,1024].
"""

import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

SPARK = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(SPARK))

import build  # noqa: E402
import serve  # noqa: E402

SOURCE = os.environ.get("JUESUAN_SOURCE", str(SPARK.parents[1] / "sample_data/disclosures"))
JUESUAN = os.environ.get("JUESUAN", "juesuan")


def juesuan(*arguments):
    subprocess.run([JUESUAN, *map(str, arguments), "--quiet"], check=True)


@pytest.fixture(scope="session")
def world(tmp_path_factory):
    return tmp_path_factory.mktemp("spark")


@pytest.fixture(scope="session")
def session(world):
    os.chdir(world)
    master = os.environ.get("JUESUAN_SPARK_MASTER")
    return build.spark_session(master) if master else serve.sail_session("local-cluster")


@pytest.fixture(scope="session")
def lake(world, session):
    juesuan("shard", "--source", SOURCE, "--target-files", os.environ.get("JUESUAN_TARGET_FILES", "15"), "--out", world / "plan")
    settings = build.settings_of(world / "plan", world / "lake", JUESUAN, workers=1)
    done = build.build(session, settings)
    if "JUESUAN_SPARK_MASTER" in os.environ:
        # Two hundred partitions, Spark's own number, are two hundred tasks for each join of a small lake.
        session.conf.set("spark.sql.shuffle.partitions", os.environ.get("JUESUAN_SPARK_PARTITIONS", "4"))
    assert sorted(row["shard"] for row in done) == sorted(settings["lists"]) and len(done) > 1
    serve.open_lake(session, world / "lake/tables")
    return world / "lake/tables"


@pytest.fixture(scope="session")
def whole(world):
    """The warehouse of one run over the same files."""
    juesuan("run", "--source", SOURCE, "--warehouse", world / "w.duckdb", "--extracts", world / "extracts", "--accept")
    return duckdb.connect(str(world / "w.duckdb"), read_only=True)
