"""Processes what is new below a prefix, every hour.

For Airflow 2.4 or later with apache-airflow-providers-apache-spark. The connection sets the master and the
deploy mode; keys come from the workers' environment, a profile or a role, never from this file.
"""

from datetime import datetime, timedelta

from airflow import DAG
from airflow.providers.apache.spark.operators.spark_submit import SparkSubmitOperator

# Where deploy/docker or your own packaging put the jars on the submitting machine, and in cluster mode on the
# workers. A standalone master cannot start a driver from "local:..."; for Kubernetes write f"local://{...}", as its
# pods have the jar.
SPARK_HOME = "/opt/spark"

with DAG(
    dag_id="reverie_sync",
    schedule="17 * * * *",
    start_date=datetime(2026, 1, 1),
    # The next run catches up on missed ones; two at once would only wait for each other.
    catchup=False,
    max_active_runs=1,
    # A retry resumes where the first attempt stopped. Exit code 4: some items failed, the others are done.
    default_args={"retries": 1, "retry_delay": timedelta(minutes=10)},
    tags=["reverie"],
) as dag:
    SparkSubmitOperator(
        task_id="sync",
        conn_id="spark_default",
        name="reverie-sync",
        application=f"{SPARK_HOME}/jars/reverie.jar",
        java_class="io.reverie.jobs.cli.Reverie",
        application_args=["sync", "s3a://bucket/in", "s3a://bucket/out", "--json", "--max-hours", "12"],
        # All other settings are in SPARK_HOME/conf/spark-defaults.conf.
        conf={"spark.executor.instances": "4"},
        execution_timeout=timedelta(hours=14),
    )
