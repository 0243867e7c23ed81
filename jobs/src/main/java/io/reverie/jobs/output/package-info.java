/** Results, work folders, and the removal of leftovers. */
package io.reverie.jobs.output;
