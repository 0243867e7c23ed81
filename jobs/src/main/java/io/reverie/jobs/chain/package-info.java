/** Runs the items of a job as chains of Spark jobs, a bounded number of them at once. */
package io.reverie.jobs.chain;
