/** reverie images and reverie draw. */
package io.reverie.jobs.images;
