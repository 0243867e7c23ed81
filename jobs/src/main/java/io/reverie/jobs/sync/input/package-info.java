/** The inputs of a sync as they are listed: their kinds, and which of them are selected. */
package io.reverie.jobs.sync.input;
