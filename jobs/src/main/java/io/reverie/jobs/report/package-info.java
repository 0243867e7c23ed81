/**
 * The HTML report about a run, updated during the run. Its size is bounded, however long a film is
 * or however many images a set has.
 */
package io.reverie.jobs.report;
