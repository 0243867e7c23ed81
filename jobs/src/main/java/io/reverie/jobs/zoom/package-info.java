/** reverie zoom. */
package io.reverie.jobs.zoom;
