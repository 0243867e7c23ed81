/** The scheduled job: what of a prefix is new, changed or failed before, and what became of it. */
package io.reverie.jobs.sync;
