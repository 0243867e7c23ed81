/** reverie measure: compares two videos. */
package io.reverie.jobs.measure;
