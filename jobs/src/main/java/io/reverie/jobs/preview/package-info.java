/** The job of {@code reverie preview}: a page of looks, before anything is rendered. */
package io.reverie.jobs.preview;
