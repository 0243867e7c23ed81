/** Endless zooms: each frame dreams the one before, moved by a camera, at a steady tone. */
package io.reverie.temporal.zoom;
