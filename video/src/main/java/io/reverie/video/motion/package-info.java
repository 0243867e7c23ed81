/** How pictures move: optical flow, where it can be trusted, and warping along it. */
package io.reverie.video.motion;
