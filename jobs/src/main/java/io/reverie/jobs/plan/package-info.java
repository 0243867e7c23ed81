/**
 * How a job is divided, which depends on content and spec alone, never on the number of workers.
 */
package io.reverie.jobs.plan;
