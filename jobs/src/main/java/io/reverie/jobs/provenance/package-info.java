/**
 * How a result was made: recorded in its sidecar and in the file itself, and read back from there.
 */
package io.reverie.jobs.provenance;
