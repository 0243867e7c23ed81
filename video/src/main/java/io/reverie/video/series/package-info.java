/** Pictures that accompany a video's frames, as masks and guides do. */
package io.reverie.video.series;
