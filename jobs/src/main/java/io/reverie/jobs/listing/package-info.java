/** What users name and listings hold: patterns, numbered files, series, files that are skipped. */
package io.reverie.jobs.listing;
