/** Starts Spark, and explains why it does not start or waits. */
package io.reverie.jobs.cli.spark;
