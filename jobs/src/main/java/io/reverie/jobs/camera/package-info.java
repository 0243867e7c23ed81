/** Dives: pictures that are dreamed, moved, and dreamed again without end. */
package io.reverie.jobs.camera;
