/** Dreams that are kept after a run, to be shown at another strength or encoded otherwise. */
package io.reverie.jobs.kept;
