/** Images that accompany the frames of a video, such as masks and guides. */
package io.reverie.video.series;
