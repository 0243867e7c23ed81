"""Dreams whatever is new below a prefix, every hour.

For Airflow 2.4 or later with apache-airflow-providers-apache-spark. The connection names the master and the
deploy mode; keys come from the workers' environment, a profile or a role, and are no part of this file.
"""

from datetime import datetime, timedelta

from airflow import DAG
from airflow.providers.apache.spark.operators.spark_submit import SparkSubmitOperator

# Where deploy/docker or your own packaging put the jars, on the machine that submits.
SPARK_HOME = "/opt/spark"

with DAG(
    dag_id="reverie_sync",
    schedule="17 * * * *",
    start_date=datetime(2026, 1, 1),
    # What was missed is in the next run anyway; two at once would only wait for each other.
    catchup=False,
    max_active_runs=1,
    # A second try goes on where the first stopped. Exit code 4: some items failed, the others are done.
    default_args={"retries": 1, "retry_delay": timedelta(minutes=10)},
    tags=["reverie"],
) as dag:
    SparkSubmitOperator(
        task_id="sync",
        conn_id="spark_default",
        name="reverie-sync",
        application=f"local:{SPARK_HOME}/jars/reverie.jar",
        java_class="io.reverie.jobs.cli.Reverie",
        application_args=["sync", "s3a://bucket/in", "s3a://bucket/out", "--json", "--max-hours", "12"],
        # The rest stands in SPARK_HOME/conf/spark-defaults.conf.
        conf={"spark.executor.instances": "4"},
        execution_timeout=timedelta(hours=14),
    )
