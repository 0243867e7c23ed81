/** The measurements of {@code reverie measure}, which compares two videos. */
package io.reverie.jobs.measure;
