/** What an operator sees of a run: names of Spark jobs, log lines, metrics. */
@NullMarked
package io.reverie.jobs.operation;

import org.jspecify.annotations.NullMarked;
