/** Optical flow, its consistency, and warping along it. */
package io.reverie.video.motion;
