/** How a result was made: what it tells of itself, and how it is read again. */
package io.reverie.jobs.provenance;
