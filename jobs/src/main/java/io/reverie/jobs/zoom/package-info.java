/** The job of {@code reverie zoom}. */
package io.reverie.jobs.zoom;
