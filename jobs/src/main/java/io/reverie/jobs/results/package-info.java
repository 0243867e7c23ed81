/** Results as a table that Spark SQL reads. */
package io.reverie.jobs.results;
