/** Records of results that are done, many to a file, so that a run with nothing to do reads few. */
package io.reverie.jobs.sync.packed;
