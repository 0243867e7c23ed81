/** The jobs of {@code reverie images} and {@code reverie draw}. */
package io.reverie.jobs.images;
