/**
 * The page that a run leaves about itself, renewed while it works. Everything that it holds is
 * bounded, however long a film is or however many images a set has.
 */
package io.reverie.jobs.report;
