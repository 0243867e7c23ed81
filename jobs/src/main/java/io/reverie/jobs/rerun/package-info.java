/**
 * The job of {@code reverie rerun}: reproduces a result from its recorded settings and compares the
 * two.
 */
package io.reverie.jobs.rerun;
