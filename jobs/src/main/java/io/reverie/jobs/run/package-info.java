/** Shared by all jobs: work items, their outcomes, and options that change no pixel. */
package io.reverie.jobs.run;
