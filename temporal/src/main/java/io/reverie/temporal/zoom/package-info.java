/** Endless zooms: each frame dreams the previous one, moved by the camera, with a constant tone. */
package io.reverie.temporal.zoom;
